"""Dates, spans of months, years, decades and centuries: `Jan. 16, 2017` is 2017年1月16日."""

from __future__ import annotations

import re

from pipeline.text.figures.rule import END, FREE, YEAR, Rule, any_of

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ), 1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = any_of(_MONTHS)
_NAMED = any_of(name.title() for name in _MONTHS)
_BEFORE_YEAR = (
    "in|since|by|of|from|to|until|till|before|after|during|late|early|mid|and|between|for|through|than|the|this|"
    "around|circa|spring|summer|autumn|fall|winter|year|our|its|their|his|her|with|on|or|as|both|late-|early-|mid-"
)


def _date(match: re.Match[str]) -> list[str]:
    part = match.groupdict()
    month = _MONTHS[part["month"].lower()]
    day, year = part.get("day"), part.get("year")
    if (day and not 1 <= int(day) <= 31) or (not year and part["month"].islower()):  # 2 may be: no date
        return []
    return [f"{f'{year}年' if year else ''}{month}月{f'{int(day)}日' if day else ''}"]


def _months(match: re.Match[str]) -> list[str]:
    first, last = (_MONTHS[match[name].lower()] for name in ("first", "last"))
    return [
        f"{first}月至{last}月",
        f"{first}月到{last}月",
        f"{first}至{last}月",
        f"{first}-{last}月",
        f"{first}月-{last}月",
    ]


def _year(match: re.Match[str]) -> list[str]:
    return [f"{match['year']}年", match["year"]]


def _decade(match: re.Match[str]) -> list[str]:
    year = int(match["year"])
    if year >= 2000 or not year % 100:  # "the 1900s" are a century or a decade
        return []
    return [f"{year // 100 + 1}世纪{year % 100}年代", f"上世纪{year % 100}年代", f"{year}年代"]


def _century(match: re.Match[str]) -> list[str]:
    return [f"{int(match['number'])}世纪"]


# What is longer comes first: a date before its year.
DATES: tuple[Rule, ...] = (
    (rf"\b(?P<all>(?P<month>{_MONTH})\.? (?P<day>\d\d?)(?:st|nd|rd|th)?,? (?P<year>{YEAR})){END}", _date),
    (rf"{FREE}(?P<all>(?P<day>\d\d?)(?:st|nd|rd|th)? (?P<month>{_MONTH})\.?,? (?P<year>{YEAR})){END}", _date),
    (rf"\b(?P<all>(?P<month>{_MONTH})\.?,? (?P<year>{YEAR})){END}", _date),
    (rf"\b(?P<all>(?P<month>{_MONTH})\.? (?P<day>\d\d?)(?:st|nd|rd|th)?)(?!:| [ap]\.?m){END}", _date),
    (rf"{FREE}(?P<all>(?P<day>\d\d?)(?:st|nd|rd|th)?(?: of)? (?P<month>{_MONTH})){END}", _date),
    (rf"\b(?P<all>(?-i:(?P<first>{_NAMED})[-–](?P<last>{_NAMED})))(?![\w-])", _months),
)
AGES: tuple[Rule, ...] = (
    (rf"{FREE}(?P<all>(?:the )?(?P<year>1[5-9]\d0|20\d0)['’]?s)\b", _decade),
    (rf"{FREE}(?P<all>(?:the )?(?P<number>\d\d?)(?:st|nd|rd|th)[ -]century)\b", _century),
)
YEARS: tuple[Rule, ...] = (
    (rf"(?:(?:\b(?:{_BEFORE_YEAR}) ?|^|[(,] ?)(?<=\W)|^|\()(?P<all>(?P<year>{YEAR})){END}", _year),
)
