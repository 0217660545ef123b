"""currency: the amount, its Chinese unit, then the currency's name: US$34 billion -> 340亿美元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from pipeline.text.typography.classes import HAN, SPACE
from pipeline.text.typography.line import Edit, House, Line

_SCALE = {"thousand": 3, "million": 6, "mn": 6, "m": 6, "billion": 9, "bn": 9, "trillion": 12, "tn": 12}
_NUMBER = r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,15}(?:\.\d{1,6})?)(?![\d,]*\d)"
_WORD = rf"(?:[{SPACE}-]*(?P<word>thousand|million|billion|trillion|bn|mn|tn)(?![A-Za-z]))?"
_UNIT = rf"(?:[{SPACE}]*(?P<unit>[百十千]?[万萬](?:[亿億])?|[亿億兆]|[百千十][万萬亿億]?))?"
_HAN = re.compile(f"[{HAN}]")


def edits(line: Line, house: House) -> Iterator[Edit]:
    """Amounts that a machine left in English order, in text that is otherwise Chinese."""
    text = line.text
    if not house.rules.currencies or not _HAN.search(text):
        return
    signs = "|".join(map(re.escape, sorted(house.rules.currencies, key=len, reverse=True)))
    amount = re.compile(
        rf"(?<![A-Za-z$])(?P<sign>{signs})[{SPACE}]?{_NUMBER}(?:{_WORD}){_UNIT}(?![A-Za-z])(?P<named>[{HAN}]{{0,3}})"
        rf"|(?<![\d.,A-Za-z]){_NUMBER.replace('number', 'bare')}[{SPACE}-]*"
        rf"(?P<scale>million|billion|trillion)[{SPACE}]*(?=[{HAN}])"
    )
    for found in amount.finditer(text):
        if found["bare"]:
            yield Edit(found.start(), found.end(), scaled(found["bare"], found["scale"], house.rules.units))
            continue
        name = house.rules.currencies[found["sign"]]
        value = scaled(found["number"], found["word"], house.rules.units) if found["word"] else found["number"]
        named = found["named"].startswith((name, name[-1])) or "元" in found["named"][:2]
        yield Edit(found.start(), found.start("named"), value + (found["unit"] or "") + ("" if named else name))


def scaled(number: str, word: str, units: tuple[str, str, str]) -> str:
    """`34`, `billion` -> `340亿`: the amount with the largest of the units for 10⁴, 10⁸ and 10¹² that fits."""
    value = Decimal(number.replace(",", "")) * 10 ** _SCALE[word]
    for power, unit in zip((12, 8, 4), units[::-1], strict=True):
        if value >= 10**power:
            return f"{_plain(value / 10**power)}{unit}"
    return _plain(value)


def _plain(value: Decimal) -> str:
    text = f"{value:,f}" if value >= 10_000 else f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
