"""Numbers, sums of money and what is had for them, percentages, ranges: `$34 billion` is 340亿美元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from pipeline.text.figures.han_numerals import han
from pipeline.text.figures.number_words import ONES, ORDINALS, SCALES, TENS, cardinal
from pipeline.text.figures.rule import END, FREE, NUMBER, TO, Rule, any_of
from pipeline.text.figures.units import LENGTHS, PER

_SIGNS = {
    "$": "美元", "US$": "美元", "HK$": "港元", "NT$": "新台币", "A$": "澳元", "C$": "加元", "S$": "新加坡元",
    "R$": "雷亚尔", "€": "欧元", "£": "英镑", "₩": "韩元", "₹": "卢比", "₽": "卢布", "USD": "美元", "EUR": "欧元",
    "GBP": "英镑", "CHF": "瑞士法郎", "RMB": "元人民币", "CNY": "元人民币", "HKD": "港元",
}  # fmt: skip
_NAMES = {
    "dollar": "美元", "euro": "欧元", "pound": "英镑", "yuan": "元", "renminbi": "元人民币", "yen": "日元",
    "rouble": "卢布", "ruble": "卢布", "rupee": "卢比", "rupiah": "印尼盾", "baht": "泰铢", "ringgit": "林吉特",
    "peso": "比索", "lira": "里拉", "shekel": "谢克尔", "zloty": "兹罗提", "hryvnia": "格里夫纳",
    "swiss franc": "瑞士法郎", "canadian dollar": "加元", "australian dollar": "澳元", "hong kong dollar": "港元",
    "singapore dollar": "新加坡元", "new zealand dollar": "新西兰元", "danish krone": "丹麦克朗",
    "norwegian krone": "挪威克朗", "swedish krona": "瑞典克朗", "south african rand": "南非兰特",
}  # fmt: skip
_SCALES = SCALES | {
    "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12, "trn": 10**12,
}  # fmt: skip
_FEWEST = 10  # of what is counted in words; smaller numbers are better left to the engine, which knows 两 from 二
_UNITS = ((10**12, "万亿"), (10**8, "亿"), (10**4, "万"))
_UNREADABLE = 100_000  # 340000万 is nobody's way to write 34亿
_LONGEST = 20  # characters; what is longer is a code
_DECIMALS = 4  # 3.4567万 can be read, 3.45678万 is written in digits

# The scale of a range may stand at its end only: 300 to 400 million
_ALONE = (
    r"(?! ?(?:to|and|or|[-–—]) ?[A-Z]{0,2}[$€£]?[\d.,]+[ -]?"
    r"(?:thousand|million|billion|trillion|mn|bn|tn|trn|m|percent|%))"
)
_TWENTY_UP = rf"(?:{'|'.join(TENS)})(?:-(?:{'|'.join(ONES[1:10])}))?"
_WORD = rf"{_TWENTY_UP}|{'|'.join(ONES[1:])}"
_MANY = rf"{_TWENTY_UP}|{'|'.join(ONES[_FEWEST:])}"
_NEXT = rf"{_WORD}|hundred|{'|'.join(ORDINALS[1:10])}|o['’]clock"
_SCALE = "thousand|million|billion|trillion"
_SHORT = "mn|bn|tn|trn|m"
_MONEY = any_of(_SIGNS)
_MONIES = any_of(_NAMES)
_FOR = any_of(PER).replace("\\ ", "[ -]")
_IN = any_of(LENGTHS)
_LATER = " (?:earlier|ago|later|before|after|prior|previously|sooner|apart)"  # `$292 billion a year earlier` is no rate
_OPENING = ".!?:;\"“‘('—–>"  # after these a capital says nothing


def _percent(match: re.Match[str]) -> list[str]:
    number = _in_digits(match["number"])
    if match["unit"].lower().endswith(("points", "point")):
        return [f"{number}个{'基点' if 'basis' in match['unit'].lower() else '百分点'}"]
    return [f"{number}%"]


def _money(match: re.Match[str]) -> list[str]:
    part = match.groupdict()
    currency = _SIGNS[part["sign"].upper()] if part.get("sign") else _NAMES[part["currency"].lower()]
    return [form + currency for form in scaled(part["number"], part.get("scale"))]


def _rate(match: re.Match[str]) -> list[str]:
    name = PER[match["unit"].lower().replace("-", " ")]
    sums = _money(match)
    several = [] if name in "年月" else [f"{sum_}一{name}" for sum_ in sums]  # 一年 is a year, not each
    return [*(f"每{name}{sum_}" for sum_ in sums), *(f"{sum_}{per}{name}" for sum_ in sums for per in "每/"), *several]


def _range(match: re.Match[str]) -> list[str]:
    unit = LENGTHS[match["unit"].lower()]
    return [f"{first}{to}{last}{unit}" for first, last in _bounds(match) for to in TO]


def _percentages(match: re.Match[str]) -> list[str]:
    return [f"{start}{to}{last}%" for first, last in _bounds(match) for to in TO for start in (f"{first}%", first)]


def _bounds(match: re.Match[str]) -> Iterator[tuple[str, str]]:
    """The two numbers of a range, if they go up."""
    first, last = (_in_digits(match[name]) for name in ("first", "last"))
    if Decimal(first) < Decimal(last):
        yield first, last


def _large(match: re.Match[str]) -> list[str]:
    return scaled(match["number"], match["scale"])


def _plain(match: re.Match[str]) -> list[str]:
    return scaled(match["number"], None)


def _count(match: re.Match[str]) -> list[str]:
    word, value = match["number"], cardinal(match["number"])
    before = match.string[: match.start()].rstrip()
    if not word.islower() and (not word[1:].islower() or (before and before[-1] not in _OPENING)):
        return []  # Big Ten, NINE
    return [str(value), han(value)]


def scaled(number: str, scale: str | None) -> list[str]:
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


_PER_CENT = "(?: ?%| per ?cent)"
RANGES: tuple[Rule, ...] = (
    (
        (
            rf"{FREE}(?P<all>(?P<first>{NUMBER})(?:{_PER_CENT}(?: to |[-–—])|[-–—])(?P<last>{NUMBER}){_PER_CENT})"
            r"(?![\w-]| points?)"
        ),
        _percentages,
    ),
    (rf"{FREE}(?P<all>(?P<first>{NUMBER})(?: to |[-–])(?P<last>{NUMBER}) (?P<unit>{_IN}))\b", _range),
)
SUMS: tuple[Rule, ...] = (
    (
        (
            rf"(?<![\w.,$])(?P<all>(?P<sign>{_MONEY}) ?(?P<number>{NUMBER})(?:[ -](?P<scale>{_SCALE}|{_SHORT}))?"
            rf"(?: an? | per |-an?-)(?P<unit>{_FOR}))(?![\w-]|{_LATER})"
        ),
        _rate,
    ),
    (
        (
            rf"(?<![\w.,$])(?P<all>(?P<sign>{_MONEY}) ?(?P<number>{NUMBER})(?:[ -]?(?P<scale>{_SCALE}|{_SHORT}){END}"
            rf"|{END}(?![ -](?:{_SCALE})){_ALONE}))"
        ),
        _money,
    ),
    (
        (
            rf"{FREE}(?P<all>(?P<number>{NUMBER}|{_WORD})(?:[ -](?P<scale>{_SCALE}))? "
            rf"(?:U\.?S\.? )?(?P<currency>{_MONIES})s?)\b"
        ),
        _money,
    ),
)
SHARES: tuple[Rule, ...] = (
    (
        (
            rf"{FREE}(?P<all>(?P<number>{NUMBER}|{_WORD})"
            rf"(?P<unit> ?%| percentage points?| basis points?| percent| per cent))(?![\w%]|age)"
        ),
        _percent,
    ),
)
COUNTS: tuple[Rule, ...] = (
    (rf"{FREE}(?P<all>(?P<number>{NUMBER}|{_WORD})[ -](?P<scale>{_SCALE})){END}", _large),
    (
        (
            rf"{FREE}(?<!\btop )(?<!\bone in )(?<!\bout of )(?P<all>(?P<number>{_MANY}))(?![\w/]|-something)"
            rf"(?![ -](?:{_NEXT})\b)"
        ),
        _count,
    ),
)
DIGITS: tuple[Rule, ...] = (
    (rf"{FREE}(?P<all>(?P<number>\d{{1,3}}(?:,\d{{3}})+|\d+\.\d+|\d\d+)){END}(?! ?%){_ALONE}", _plain),
)
