"""Units of measure by their English names: what prices are asked for, what ranges are in, degrees."""

from __future__ import annotations

import re

from pipeline.text.figures.rule import Rule

PER = {
    "barrel": "桶", "ton": "吨", "tonne": "吨", "metric ton": "吨", "kilogram": "公斤", "kilo": "公斤", "pound": "磅",
    "ounce": "盎司", "bushel": "蒲式耳", "gallon": "加仑", "liter": "升", "litre": "升", "share": "股", "hour": "小时",
    "day": "天", "week": "周", "month": "月", "year": "年", "person": "人", "head": "人", "household": "户",
    "megawatt hour": "兆瓦时", "kilowatt hour": "千瓦时",
    "square foot": "平方英尺", "square meter": "平方米", "square metre": "平方米", "mile": "英里", "kilometer": "公里",
    "kilometre": "公里",
}  # fmt: skip
"""For what a sum is paid: `a barrel`, `per ton`; a hyphen may stand for a space."""

LENGTHS = {
    "kilometers": "公里", "kilometres": "公里", "km": "公里", "miles": "英里", "meters": "米", "metres": "米",
    "feet": "英尺", "nautical miles": "海里", "tons": "吨", "tonnes": "吨", "metric tons": "吨", "kilotons": "千吨",
    "hectares": "公顷", "acres": "英亩", "square miles": "平方英里", "square kilometers": "平方公里",
    "square kilometres": "平方公里", "megawatts": "兆瓦", "gigawatts": "吉瓦", "kilograms": "公斤", "pounds": "磅",
}  # fmt: skip
"""What two numbers are given in: `500 to 5,500 kilometers`."""

_BEFORE = (
    "below|above|under|over|to|of|by|at|than|reach|reached|exceed|exceeded|hit|topped|near|around|about|between|and"
)
_DEGREES = (
    r"(?<![\w.,/$-])(?P<all>(?P<number>\d+(?:\.\d+)?)(?: ?(?:°|degrees?)[ -]?(?P<scale>C|F|celsius|fahrenheit)"
    r"| (?P<named>celsius|fahrenheit)))(?!\w)"
)
_DEGREES_SHORT = rf"\b(?:{_BEFORE}) (?P<all>(?P<number>\d(?:\.\d)?)(?-i:(?P<scale>C)))(?![\w/-])"
_INDEX = (
    "index|average|composite|dow|nasdaq|s&p 500|s&p|ftse(?: 100)?|dax|cac(?: 40)?|nikkei(?: 225)?|topix|kospi|sensex|"
    "nifty|hang seng|csi 300|stoxx(?: 600)?|taiex"
)
_POINTS = rf"\b(?:{_INDEX})\b[^.;!?]{{0,40}}? (?P<all>(?P<number>\d{{1,3}}(?:,\d{{3}})*(?:\.\d+)?) points)(?![\w-])"


def _points(match: re.Match[str]) -> list[str]:
    """The forms of points of an index, preferred first."""
    return [f"{match['number'].replace(',', '')}点", f"{match['number']}点"]


def _degrees(match: re.Match[str]) -> list[str]:
    """The forms of a temperature, preferred first."""
    part, number = match.groupdict(), match["number"]
    if (part.get("scale") or part["named"]).upper().startswith("C"):
        return [f"{number}摄氏度", f"摄氏{number}度", f"{number}℃", f"{number}°C", f"{number}度"]
    return [f"华氏{number}度", f"{number}华氏度", f"{number}℉", f"{number}°F"]


RULES: tuple[Rule, ...] = ((_POINTS, _points), (_DEGREES, _degrees), (_DEGREES_SHORT, _degrees))
