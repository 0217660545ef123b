"""Times whose words mislead: `three decades` are 30年, `three and a half years` 三年半, `Q1` is 第一季度."""

from __future__ import annotations

import re

from pipeline.text.figures.han_numerals import counted, han
from pipeline.text.figures.number_words import ORDINALS, whole
from pipeline.text.figures.rule import FREE, Rule, cardinals

_FEW = cardinals(2, 20)

_DECADES = rf"{FREE}(?P<all>(?P<number>{_FEW}|[2-9]|1\d)[ -]decades?)(?![\w-])"
_AND_A_HALF = (
    rf"{FREE}(?P<all>(?P<number>a|an|one|{_FEW}|[2-9]|1\d) and a half (?P<unit>years|hours|months|weeks|days)"
    r"|(?P<one>a|an|one) (?P<single>year|hour|month|week|day) and a half)(?![\w-])"
)
_QUARTERS = "|".join(ORDINALS[1:5])
_YEAR = r"(?P<year>20\d\d|19\d\d)"
_END = r"(?![\w/]|[.,]\d|-\d)"
_QUARTER = rf"{FREE}(?P<all>(?-i:(?P<what>[QH])(?P<number>[1-4]))(?: of)?(?: (?:fiscal )?{_YEAR})?){_END}"
_QUARTER_IN_WORDS = rf"\b(?P<all>(?:the )?(?P<number>{_QUARTERS}) (?P<what>quarter|half) of {_YEAR}){_END}"
_FISCAL = FREE + r"(?P<all>(?:fiscal(?: year)?|(?-i:FY)) ?(?P<year>20\d\d))" + _END

_COUNTED = {"years": "{}年半", "hours": "{}个半小时", "months": "{}个半月", "weeks": "{}个半星期", "days": "{}天半"}


def _value(word: str) -> int:
    return 1 if word.lower() in {"a", "an"} else whole(word)


def _decades(match: re.Match[str]) -> list[str]:
    """The forms of some decades, preferred first."""
    value = whole(match["number"])
    tens = han(value) if value < 10 else ""
    return [f"{10 * value}年", *([f"{tens}十年"] if tens else []), f"{counted(value)}个十年"]


def _and_a_half(match: re.Match[str]) -> list[str]:
    """The forms of a time and a half of its unit, preferred first."""
    value, unit = _value(match["number"] or match["one"]), match["unit"] or f"{match['single']}s"
    form = _COUNTED[unit.lower()]
    return [form.format(counted(value)), form.format(value)]


def _quarter(match: re.Match[str]) -> list[str]:
    """The forms of a quarter or a half of a year, preferred first; none of a third half."""
    word, what, year = match["number"], match["what"].upper(), match["year"]
    number = int(word) if word.isdigit() else ORDINALS.index(word.lower())
    before = f"{year}年" if year else ""
    if what in {"H", "HALF"}:
        return [f"{before}{'上下'[number - 1]}半年"] if number <= 2 else []
    return [f"{before}第{han(number)}季度", f"{before}{han(number)}季度", f"{before}第{number}季度"]


def _fiscal(match: re.Match[str]) -> list[str]:
    """The forms of a fiscal year, preferred first."""
    return [f"{match['year']}财年", f"{match['year']}财政年度", f"{match['year']}会计年度"]


RULES: tuple[Rule, ...] = (
    (_DECADES, _decades),
    (_AND_A_HALF, _and_a_half),
    (_QUARTER, _quarter),
    (_QUARTER_IN_WORDS, _quarter),
    (_FISCAL, _fiscal),
)
