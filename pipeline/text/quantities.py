"""Figures of an English text whose Chinese is a matter of rule, not of taste: `$34 billion` is `340亿美元`.

A small model writes `34亿` for it one time in five. So the form is given to the engine like a term's: dates, years,
decades, centuries, times of the day (`clock`), votes, articles of laws (`numbered`), sums of money and what is had for
them, ranges with their unit, temperatures, large numbers, percentages. What can be read in several
ways (a range whose scale stands at its end, a number glued to letters, a decade of this century) is left to the engine,
and the check of figures looks at all of them afterwards (`numbers`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from pipeline.text.clock import CLOCK, clock
from pipeline.text.han_numerals import han
from pipeline.text.number_words import ONES, ORDINALS, SCALES, TENS, cardinal
from pipeline.text.numbered import NUMBERED, numbered
from pipeline.text.periods import (
    AND_A_HALF,
    DECADES,
    FISCAL,
    QUARTER,
    QUARTER_IN_WORDS,
    and_a_half,
    decades,
    fiscal,
    quarter,
)
from pipeline.text.shares import MEMBERS, NATIONS, ONE_IN, TURNED, members, nations, one_in, turned
from pipeline.text.units import DEGREES, DEGREES_SHORT, LENGTHS, PER, degrees
from pipeline.text.votes import VOTE, vote

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
_CURRENCIES = {
    "$": "美元", "US$": "美元", "HK$": "港元", "NT$": "新台币", "A$": "澳元", "C$": "加元", "S$": "新加坡元",
    "€": "欧元", "£": "英镑", "₩": "韩元", "₹": "卢比",
    "dollar": "美元", "euro": "欧元", "pound": "英镑", "yuan": "元", "renminbi": "元人民币", "yen": "日元",
    "rouble": "卢布", "ruble": "卢布", "rupee": "卢比",
}  # fmt: skip
_SCALES = SCALES | {
    "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12, "trn": 10**12,
}  # fmt: skip
_FEWEST = 10  # of what is counted in words; smaller numbers are better left to the engine, which knows 两 from 二
_UNITS = ((10**12, "万亿"), (10**8, "亿"), (10**4, "万"))
_UNREADABLE = 100_000  # 340000万 is nobody's way to write 34亿
_LONGEST = 20  # characters; what is longer is a code
_DECIMALS = 4  # 3.4567万 can be read, 3.45678万 is written in digits

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_FREE = r"(?<![\w.,/$€£¥₩₹–-])"  # nothing that a number could go on from
_END = r"(?![\w/]|[.,]\d|[–-]\d)"
# The scale of a range may stand at its end only: 300 to 400 million
_ALONE = (
    r"(?! ?(?:to|and|or|[-–—]) ?[A-Z]{0,2}[$€£]?[\d.,]+[ -]?"
    r"(?:thousand|million|billion|trillion|mn|bn|tn|trn|m|percent|%))"
)
_TWENTY_UP = rf"(?:{'|'.join(TENS)})(?:-(?:{'|'.join(ONES[1:10])}))?"
_WORD = rf"{_TWENTY_UP}|{'|'.join(ONES[1:])}"
_MANY = rf"{_TWENTY_UP}|{'|'.join(ONES[_FEWEST:])}"
_NEXT = rf"{_WORD}|hundred|{'|'.join(ORDINALS[1:10])}|o['’]clock"
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_MONTHS_NAMED = "|".join(sorted((name.title() for name in _MONTHS), key=len, reverse=True))
_YEAR = r"1[5-9]\d\d|20\d\d"
_SCALE = "thousand|million|billion|trillion"
_SHORT = "mn|bn|tn|trn|m"
_MONEY = "|".join(sorted((re.escape(c) for c in _CURRENCIES if not c.isalpha()), key=len, reverse=True))
_MONIES = "|".join(c for c in _CURRENCIES if c.isalpha())
_FOR = "|".join(sorted((re.escape(unit).replace("\\ ", "[ -]") for unit in PER), key=len, reverse=True))
_IN = "|".join(sorted(map(re.escape, LENGTHS), key=len, reverse=True))
_BONDS = (
    "(?:U.?S.? |German |Japanese |UK |British |Chinese )?(?:treasur(?:y|ies)|government|sovereign|bonds?|notes?|gilts?|"
    "bunds?|yields?|mortgages?|loans?|jgbs?)"
)
_OFFICES = (
    "president|vice|prime|secretary|senator|sen|representative|rep|governor|gov|chancellor|foreign|defen[cs]e|interior|"
    "finance|justice|home|leader|chair(?:man|woman)?|mayor|director|commander|attorney|house|senate|national|minister|"
    "chief|head|premier|king|pope|ambassador|candidate|speaker|treasury|deputy"
)
_BEFORE_YEAR = (
    "in|since|by|of|from|to|until|till|before|after|during|late|early|mid|and|between|for|through|than|the|this|"
    "around|circa|spring|summer|autumn|fall|winter|year|our|its|their|his|her|with|on|or|as|both|late-|early-|mid-"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """`text[start:end]` of the source, and its Simplified Chinese forms, preferred first; each of them is right."""

    start: int
    end: int
    forms: tuple[str, ...]


def quantities(text: str) -> tuple[Quantity, ...]:
    """The figures of an English `text` that have a form by rule, in order and without overlaps; offsets in `text`."""
    taken = [False] * len(text)
    found: list[Quantity] = []
    for pattern, forms in _RULES:
        for match in pattern.finditer(text):
            start, end = match.span("all")
            written = tuple(dict.fromkeys(forms(match)))
            if written and not any(taken[start:end]):
                found.append(Quantity(start, end, written))
                taken[start:end] = [True] * (end - start)
    return tuple(sorted(found, key=lambda q: q.start))


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


def _percent(match: re.Match[str]) -> list[str]:
    number = _in_digits(match["number"])
    if match["unit"].lower().endswith(("points", "point")):
        return [f"{number}个{'基点' if 'basis' in match['unit'].lower() else '百分点'}"]
    return [f"{number}%"]


def _money(match: re.Match[str]) -> list[str]:
    part = match.groupdict()
    currency = _CURRENCIES[(part.get("sign") or "").upper() or part["currency"].lower()]
    return [form + currency for form in _scaled(part["number"], part.get("scale"))]


def _rate(match: re.Match[str]) -> list[str]:
    unit = re.sub(r"[ -]", " ", match["unit"].lower())
    name = PER.get(unit) or PER[unit.replace(" ", "-")]
    sums = _money(match)
    several = [] if name in "年月" else [f"{sum_}一{name}" for sum_ in sums]  # 一年 is a year, not each
    return [*(f"每{name}{sum_}" for sum_ in sums), *(f"{sum_}{per}{name}" for sum_ in sums for per in "每/"), *several]


def _range(match: re.Match[str]) -> list[str]:
    unit = LENGTHS[match["unit"].lower()]
    first, last = (_in_digits(match[name]) for name in ("first", "last"))
    if Decimal(first) >= Decimal(last):
        return []
    return [f"{first}{to}{last}{unit}" for to in ("至", "到", "-")]


def _large(match: re.Match[str]) -> list[str]:
    return _scaled(match["number"], match["scale"])


def _plain(match: re.Match[str]) -> list[str]:
    return _scaled(match["number"], None)


def _ages(match: re.Match[str]) -> list[str]:
    first, last = int(match["first"]), int(match["last"])
    return [f"{first}{to}{last}岁" for to in ("至", "到", "-")] if first < last else []


def _term(match: re.Match[str]) -> list[str]:
    return [f"{match['number']}年期"]


def _then(_: re.Match[str]) -> list[str]:
    return ["时任", "当时的", "当时"]


def _count(match: re.Match[str]) -> list[str]:
    word, value = match["number"], cardinal(match["number"])
    before = match.string[: match.start()].rstrip()
    if not word.islower() and (not word[1:].islower() or (before and before[-1] not in _OPENING)):
        return []  # Big Ten, NINE
    return [str(value), han(value)]


def _scaled(number: str, scale: str | None) -> list[str]:
    """A number in 万, 亿 or 万亿 where that can be read, and in digits where it was written so."""
    if len(number) > _LONGEST:
        return []
    plain = _in_digits(number)
    value = Decimal(plain)
    digits = [] if scale else [plain] if number[0].isalpha() else [plain, number]
    value *= _SCALES[scale.lower()] if scale else 1
    forms = [f"{_short(value / unit)}{name}" for unit, name in _UNITS if 1 <= value / unit < _UNREADABLE]
    good = [f for f in forms if len(f.partition(".")[2].rstrip("万亿")) <= _DECIMALS]
    round_number = scale or not value % 100
    return [*good[:1], *digits, *good[1:]] if round_number else [*digits, *good]


def _in_digits(number: str) -> str:
    """A number in digits or words, in digits and without separators."""
    return str(cardinal(number)) if number[0].isalpha() else number.replace(",", "")


def _short(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


_OPENING = ".!?:;\"“‘('—–>"  # after these a capital says nothing

_Forms = Callable[[re.Match[str]], list[str]]


def _rule(pattern: str, forms: _Forms) -> tuple[re.Pattern[str], _Forms]:
    return re.compile(pattern, re.IGNORECASE), forms


# What is longer comes first: a date before its year.
_RULES = (
    _rule(rf"\b(?P<all>(?P<month>{_MONTH})\.? (?P<day>\d\d?)(?:st|nd|rd|th)?,? (?P<year>{_YEAR})){_END}", _date),
    _rule(rf"{_FREE}(?P<all>(?P<day>\d\d?)(?:st|nd|rd|th)? (?P<month>{_MONTH})\.?,? (?P<year>{_YEAR})){_END}", _date),
    _rule(rf"\b(?P<all>(?P<month>{_MONTH})\.?,? (?P<year>{_YEAR})){_END}", _date),
    _rule(rf"\b(?P<all>(?P<month>{_MONTH})\.? (?P<day>\d\d?)(?:st|nd|rd|th)?)(?!:| [ap]\.?m){_END}", _date),
    _rule(rf"{_FREE}(?P<all>(?P<day>\d\d?)(?:st|nd|rd|th)?(?: of)? (?P<month>{_MONTH})){_END}", _date),
    _rule(rf"\b(?P<all>(?-i:(?P<first>{_MONTHS_NAMED})[-–](?P<last>{_MONTHS_NAMED})))(?![\w-])", _months),
    _rule(_FREE + CLOCK, clock),
    _rule(VOTE, vote),
    _rule(ONE_IN, one_in),
    _rule(NATIONS, nations),
    _rule(MEMBERS, members),
    _rule(TURNED, turned),
    _rule(DECADES, decades),
    _rule(AND_A_HALF, and_a_half),
    _rule(QUARTER, quarter),
    _rule(QUARTER_IN_WORDS, quarter),
    _rule(FISCAL, fiscal),
    _rule(rf"(?<![\w-])(?P<all>then)-(?=(?:{_OFFICES})\b)", _then),
    _rule(NUMBERED, numbered),
    _rule(r"\bage[sd]? (?P<all>(?P<first>\d\d?)(?: to | and |[-–])(?P<last>\d\d?))(?![\w%]| (?:percent|per))", _ages),
    _rule(r"(?<![\w.,/$-])(?P<all>(?P<first>\d\d?)-? (?:to|and) (?P<last>\d\d?)-year-olds?)(?![\w-])", _ages),
    _rule(rf"{_FREE}(?P<all>(?P<number>\d\d?)-year)(?= (?:{_BONDS})\b)", _term),
    _rule(DEGREES, degrees),
    _rule(DEGREES_SHORT, degrees),
    _rule(rf"{_FREE}(?P<all>(?P<first>{_NUMBER})(?: to |[-–])(?P<last>{_NUMBER}) (?P<unit>{_IN}))\b", _range),
    _rule(rf"{_FREE}(?P<all>(?:the )?(?P<year>1[5-9]\d0|20\d0)['’]?s)\b", _decade),
    _rule(rf"{_FREE}(?P<all>(?:the )?(?P<number>\d\d?)(?:st|nd|rd|th)[ -]century)\b", _century),
    _rule(
        rf"(?<![\w.,$])(?P<all>(?P<sign>{_MONEY}) ?(?P<number>{_NUMBER})(?:[ -](?P<scale>{_SCALE}|{_SHORT}))?"
        rf"(?: an? | per |-an?-)(?P<unit>{_FOR}))(?![\w-])",
        _rate,
    ),
    _rule(
        rf"(?<![\w.,$])(?P<all>(?P<sign>{_MONEY}) ?(?P<number>{_NUMBER})(?:[ -]?(?P<scale>{_SCALE}|{_SHORT}){_END}"
        rf"|{_END}(?![ -](?:{_SCALE})){_ALONE}))",
        _money,
    ),
    _rule(
        rf"{_FREE}(?P<all>(?P<number>{_NUMBER}|{_WORD})(?:[ -](?P<scale>{_SCALE}))? "
        rf"(?:U\.?S\.? )?(?P<currency>{_MONIES})s?)\b",
        _money,
    ),
    _rule(
        rf"{_FREE}(?P<all>(?P<number>{_NUMBER}|{_WORD})"
        rf"(?P<unit> ?%| percentage points?| basis points?| percent| per cent))"
        rf"(?![\w%]|age)",
        _percent,
    ),
    _rule(rf"{_FREE}(?P<all>(?P<number>{_NUMBER}|{_WORD})[ -](?P<scale>{_SCALE})){_END}", _large),
    _rule(
        rf"{_FREE}(?<!\btop )(?<!\bone in )(?<!\bout of )(?P<all>(?P<number>{_MANY}))(?![\w/]|-something)"
        rf"(?![ -](?:{_NEXT})\b)",
        _count,
    ),
    _rule(rf"(?:(?:\b(?:{_BEFORE_YEAR}) ?|^|[(,] ?)(?<=\W)|^|\()(?P<all>(?P<year>{_YEAR})){_END}", _year),
    _rule(rf"{_FREE}(?P<all>(?P<number>\d{{1,3}}(?:,\d{{3}})+|\d+\.\d+|\d\d+)){_END}(?! ?%){_ALONE}", _plain),
)
