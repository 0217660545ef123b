"""What happens time after time: `an eighth straight month` is 连续第八个月, `five years in a row` 连续五年."""

from __future__ import annotations

import re

from pipeline.text.figures.han_numerals import counted, han
from pipeline.text.figures.number_words import ORDINALS, whole
from pipeline.text.figures.rule import FREE, Rule, any_of, cardinals

_UNITS = {
    "day": "天", "week": "周", "weekend": "个周末", "month": "个月", "quarter": "个季度", "year": "年", "time": "次",
    "session": "个交易日", "trading day": "个交易日", "trading session": "个交易日", "night": "晚", "term": "个任期",
    "season": "个赛季", "election": "次选举", "meeting": "次会议", "decade": "个十年", "round": "轮", "game": "场比赛",
    "match": "场比赛", "summer": "个夏天", "winter": "个冬天",
}  # fmt: skip
_PERIODICAL = {"daily": "天", "weekly": "周", "monthly": "个月", "quarterly": "个季度", "annual": "年", "yearly": "年"}

_NTH = rf"(?P<nth>{any_of(ORDINALS[2:])}|\d\d?(?:nd|rd|th|st))"
_NUMBER = rf"(?P<number>{cardinals(2, 20)}|[2-9]|[1-9]\d)"
_STRAIGHT = "(?:straight|consecutive|successive)"
_ROW = "(?:in a row|running|in succession)"
_UNIT = rf"(?P<unit>{any_of(_UNITS)})"
_NTH_STRAIGHT = (
    rf"(?<![\w-])(?P<all>(?:(?:an?|the) )?{_NTH}[ -]{_STRAIGHT} "
    rf"(?:{_UNIT}|(?P<periodical>{any_of(_PERIODICAL)})))(?![\w-])"
)
_NTH_IN_A_ROW = rf"(?<![\w-])(?P<all>(?:(?:an?|the) )?{_NTH} {_UNIT} {_ROW})(?![\w-])"
_STRAIGHT_UNITS = rf"{FREE}(?P<all>{_NUMBER} {_STRAIGHT} {_UNIT}e?s)(?![\w-])"
_UNITS_IN_A_ROW = rf"{FREE}(?P<all>{_NUMBER} {_UNIT}e?s (?:in a row|running))(?![\w-])"


def _of(match: re.Match[str]) -> str:
    part = match.groupdict()
    return _UNITS[part["unit"].lower()] if part.get("unit") else _PERIODICAL[part["periodical"].lower()]


def _nth(match: re.Match[str]) -> list[str]:
    """The forms of the last of a series, preferred first."""
    written = match["nth"].lower()
    value = int(written[:-2]) if written[0].isdigit() else ORDINALS.index(written)
    return [f"连续第{number}{_of(match)}" for number in (han(value), value)]


def _all(match: re.Match[str]) -> list[str]:
    """The forms of a series, preferred first."""
    value = whole(match["number"])
    return [f"连续{number}{_of(match)}" for number in (counted(value), value)]


RULES: tuple[Rule, ...] = (
    (_NTH_STRAIGHT, _nth),
    (_NTH_IN_A_ROW, _nth),
    (_STRAIGHT_UNITS, _all),
    (_UNITS_IN_A_ROW, _all),
)
