"""`one in 10 people` is 十分之一, `the 27-nation bloc` 27国, `turned 80` 80岁."""

from __future__ import annotations

import re

from pipeline.text.han_numerals import han
from pipeline.text.number_words import CARDINALS

_WORDS = "|".join(word for word, value in CARDINALS.items() if 3 <= value <= 20)
ONE_IN = (
    rf"(?<![\w.,/$-])(?P<all>one (?:in|out of)(?: every)? (?P<number>{_WORDS}|[3-9]|[1-9]\d|100))"
    r"(?![\w%/]|[.,]\d|-)"
)
_HUNDRED = 100

_NUMBER = rf"(?<![\w.,/$-])(?P<all>(?P<number>\d{{1,3}}|{_WORDS})"
_NATIONS = "bloc|alliance|union|group|grouping|council|organi[sz]ation|association|coalition|pact|club|summit|eurozone"
_BENCH = (
    "court|panel|committee|board|commission|team|cabinet|parliament|assembly|jury|delegation|bench|crew|squad|house"
)
NATIONS = rf"{_NUMBER}-(?:(?:nation|country)|member(?= (?:\w+ )?(?:{_NATIONS})\b)))(?![\w-])"
MEMBERS = rf"{_NUMBER}-(?:member|person|man)(?= (?:\w+ )?(?:{_BENCH})\b))(?![\w-])"
TURNED = (
    r"\b(?:turn|turns|turned|turning) (?P<all>(?P<number>[1-9]\d))"
    r"(?=[,.;:)]|$| (?:in|on|last|this|next|later|earlier|today|and)\b)"
)


def _value(word: str) -> int:
    return int(word) if word.isdigit() else CARDINALS[word.lower()]


def one_in(match: re.Match[str]) -> list[str]:
    """The forms of one in so many, preferred first."""
    value = _value(match["number"])
    name = "百" if value == _HUNDRED else han(value)
    ones = [(there, one) for there in ("中有", "中就有", "就有") for one in ("1人", "一人", "1个", "一个")]
    each = [f"每{n}{who}{there}{one}" for n in (value, name) for who in ("人", "个人") for there, one in ones]
    return [f"{name}分之一", *each, f"1/{value}"]


def nations(match: re.Match[str]) -> list[str]:
    """The forms of a body of so many states, preferred first."""
    value = _value(match["number"])
    return [f"{value}{what}" for what in ("国", "个国家", "个成员国", "个成员")]


def members(match: re.Match[str]) -> list[str]:
    """The forms of a body of so many people, preferred first."""
    value = _value(match["number"])
    return [f"{value}{what}" for what in ("人", "名成员", "位成员", "个成员", "名")]


def turned(match: re.Match[str]) -> list[str]:
    """The forms of an age that somebody reaches."""
    return [f"{match['number']}岁"]
