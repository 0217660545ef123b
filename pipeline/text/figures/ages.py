"""Ages and terms: `aged 16 to 24` is 16至24岁, `turned 80` 80岁, `10-year bonds` are of 10年期."""

from __future__ import annotations

import re

from pipeline.text.figures.rule import FREE, Rule

_BONDS = (
    "(?:U.?S.? |German |Japanese |UK |British |Chinese )?(?:treasur(?:y|ies)|government|sovereign|bonds?|notes?|gilts?|"
    "bunds?|yields?|mortgages?|loans?|jgbs?)"
)


def _ages(match: re.Match[str]) -> list[str]:
    first, last = int(match["first"]), int(match["last"])
    return [f"{first}{to}{last}岁" for to in ("至", "到", "-")] if first < last else []


def _term(match: re.Match[str]) -> list[str]:
    return [f"{match['number']}年期"]


def _turned(match: re.Match[str]) -> list[str]:
    return [f"{match['number']}岁"]


RULES: tuple[Rule, ...] = (
    (r"\bage[sd]? (?P<all>(?P<first>\d\d?)(?: to | and |[-–])(?P<last>\d\d?))(?![\w%]| (?:percent|per))", _ages),
    (rf"{FREE}(?P<all>(?P<first>\d\d?)-? (?:to|and) (?P<last>\d\d?)-year-olds?)(?![\w-])", _ages),
    (
        (
            r"\b(?:turn|turns|turned|turning) (?P<all>(?P<number>[1-9]\d))"
            r"(?=[,.;:)]|$| (?:in|on|last|this|next|later|earlier|today|and)\b)"
        ),
        _turned,
    ),
    (rf"{FREE}(?P<all>(?P<number>\d\d?)-year)(?= (?:{_BONDS})\b)", _term),
)
