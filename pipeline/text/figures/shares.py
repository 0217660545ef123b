"""`one in 10 people` is 十分之一, `the 27-nation bloc` 27国."""

from __future__ import annotations

import re

from pipeline.text.figures.han_numerals import han
from pipeline.text.figures.number_words import whole
from pipeline.text.figures.rule import FREE, Rule, cardinals

_WORDS = cardinals(3, 20)
_TIMES = "seconds|minutes|hours|days|weeks|months|years|decades|games|matches|attempts"
_ONE_IN = (
    rf"{FREE}(?P<all>(?:one|1) (?:in|out of)(?: every)? (?P<number>{_WORDS}|[3-9]|[1-9]\d|100))"
    rf"(?![\w%/]|[.,]\d|-| (?:{_TIMES}))"
)
_WHO = (
    "of|people|persons|adults|voters|americans|britons|europeans|germans|respondents|households|families|women|men|"
    "children|students|workers|employees|citizens|residents|patients|companies|firms|jobs|countries|homes|farmers|"
    "republicans|democrats|young|older|black|white"
)
_SOME_IN = (
    rf"{FREE}(?P<all>(?P<part>{cardinals(2, 9)}|[2-9]) (?:in|out of)(?: every)? "
    rf"(?P<number>{_WORDS}|[3-9]|10|100))(?= (?:{_WHO})\b)"
)
_HUNDRED = 100

_NUMBER = rf"{FREE}(?P<all>(?P<number>\d{{1,3}}|{_WORDS})"
_NATIONS = "bloc|alliance|union|group|grouping|council|organi[sz]ation|association|coalition|pact|club|summit|eurozone"
_BENCH = (
    "court|panel|committee|board|commission|team|cabinet|parliament|assembly|jury|delegation|bench|crew|squad|house"
)
_OF_NATIONS = rf"{_NUMBER}-(?:(?:nation|country)|member(?= (?:\w+ )?(?:{_NATIONS})\b)))(?![\w-])"
_MEMBERS = rf"{_NUMBER}-(?:member|person|man)(?= (?:\w+ )?(?:{_BENCH})\b))(?![\w-])"


def _name(value: int) -> str:
    """How a whole of up to a hundred is read."""
    return "百" if value == _HUNDRED else han(value)


def _one_in(match: re.Match[str]) -> list[str]:
    """The forms of one in so many, preferred first."""
    value = whole(match["number"])
    name = _name(value)
    ones = [(there, one) for there in ("中有", "中就有", "就有") for one in ("1人", "一人", "1个", "一个")]
    each = [f"每{n}{who}{there}{one}" for n in (value, name) for who in ("人", "个人") for there, one in ones]
    return [f"{name}分之一", *each, f"1/{value}"]


def _some_in(match: re.Match[str]) -> list[str]:
    """The forms of some in so many, preferred first; none of more than all."""
    part, value = whole(match["part"]), whole(match["number"])
    if part >= value:
        return []
    return [f"{_name(value)}分之{han(part)}", f"{part}/{value}"]


def _nations(match: re.Match[str]) -> list[str]:
    """The forms of a body of so many states, preferred first."""
    value = whole(match["number"])
    return [f"{value}{what}" for what in ("国", "个国家", "个成员国", "个成员")]


def _members(match: re.Match[str]) -> list[str]:
    """The forms of a body of so many people, preferred first."""
    value = whole(match["number"])
    return [f"{value}{what}" for what in ("人", "名成员", "位成员", "个成员", "名")]


RULES: tuple[Rule, ...] = ((_ONE_IN, _one_in), (_SOME_IN, _some_in), (_OF_NATIONS, _nations), (_MEMBERS, _members))
