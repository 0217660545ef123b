"""English article dates, read strictly and written for a locale with Babel's CLDR data.

Nothing is guessed: a day that is not written, a numeric date that could be read two ways (3/4/2017), a weekday that
contradicts its date or any other word makes the text no date at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum


class Precision(StrEnum):
    """What of a date was written."""

    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Stamp:
    """A day, or a month (its first day stands for it), perhaps with weekday, hour and time zone as written."""

    day: date
    precision: Precision = Precision.DAY
    weekday: bool = False
    time: time | None = None
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """From one day or month to another, both included."""

    start: Stamp
    end: Stamp


_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_DAYS = "mon|tue|wed|thu|fri|sat|sun"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\b"
_YEAR = r"[12]\d{3}\b"
_WEEKDAY = rf"(?P<weekday>(?:{_DAYS})[a-z]{{0,6}})\b\.?,? ?"
_TIME = (
    r"(?P<clock>,? (?:at )?|t)(?P<hour>\d{1,2})(?::(?P<minute>\d\d)(?::\d\d(?:\.\d+)?)?)?"
    r"(?: ?(?P<half>[ap])\.?m\b\.?)?(?: ?\(?(?P<zone>z|[a-z]{2,5}|(?:utc|gmt)?[+-]\d\d?(?::?\d\d)?)\)?)?"
)
_DATE = re.compile(
    rf"(?:{_WEEKDAY})?(?:"
    rf"(?P<m1>{_MONTH}) (?P<d1>{_DAY}),? (?P<y1>{_YEAR})"
    rf"|(?:the )?(?P<d2>{_DAY}) (?:of )?(?P<m2>{_MONTH}),? (?P<y2>{_YEAR})"
    r"|(?P<y3>[12]\d{3})(?P<sep>[-/.])(?P<m3>\d{1,2})(?P=sep)(?P<d3>\d{1,2})"
    r"|(?P<n1>\d{1,2})(?P<sep2>[/.])(?P<n2>\d{1,2})(?P=sep2)(?P<y4>[12]\d{3})"
    rf"|(?P<m5>{_MONTH}),? (?P<y5>{_YEAR})"
    rf")(?:{_TIME})?\.?",
    re.IGNORECASE,
)
_TO = r" ?(?:-|–|—|to|through|until) ?"
_RANGES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?P<m>{_MONTH}) (?P<a>{_DAY}){_TO}(?P<b>{_DAY}),? (?P<y>{_YEAR})",
        rf"(?P<a>{_DAY}){_TO}(?P<b>{_DAY}) (?P<m>{_MONTH}),? (?P<y>{_YEAR})",
        rf"(?P<m>{_MONTH}) (?P<a>{_DAY}){_TO}(?P<n>{_MONTH}) (?P<b>{_DAY}),? (?P<y>{_YEAR})",
        rf"(?P<a>{_DAY}) (?P<m>{_MONTH}){_TO}(?P<b>{_DAY}) (?P<n>{_MONTH}),? (?P<y>{_YEAR})",
        rf"(?P<m>{_MONTH})(?:{_TO}|/)(?P<n>{_MONTH}),? (?P<y>{_YEAR})",
    )
)
_LONGEST = 80  # characters: no date is longer, and none of the patterns runs on more


def parse(text: str) -> Stamp | Period | None:
    """Read a text that is a date, or a range of dates, and nothing else."""
    if len(text) > _LONGEST:
        return None
    flat = re.sub(r"\s+", " ", text).strip().replace(" ,", ",")
    for pattern in _RANGES:
        if match := pattern.fullmatch(flat):
            return _short_period(match)
    for match in re.finditer(_TO, flat, re.IGNORECASE):
        start, end = _stamp(flat[: match.start()]), _stamp(flat[match.end() :])
        if start and end:
            return _period(start, end)
    return _stamp(flat)


def localise(text: str, pattern: str, babel_locale: str) -> str | None:
    """Write an English date for a locale, by a CLDR pattern (`y年M月d日`); None when `text` is not purely a date.

    Months without a day drop the pattern's day; a weekday and an hour are kept when they were written. Raises
    babel.UnknownLocaleError for a locale that Babel has no data for.
    """
    found = parse(text)
    if isinstance(found, Stamp):
        return _written(found, pattern, babel_locale)
    if isinstance(found, Period):
        start, end = found.start, found.end
        rest = pattern
        if start.day.year == end.day.year and start.time is None:
            rest = re.sub(r"^y+年", "", rest)
            if start.day.month == end.day.month:
                rest = re.sub(r"^M+月", "", rest)
        return f"{_written(start, pattern, babel_locale)}至{_written(end, rest, babel_locale)}"
    return None


def _written(stamp: Stamp, pattern: str, locale: str) -> str:
    from babel.dates import format_date, format_time  # noqa: PLC0415 - Babel is slow to import

    if stamp.precision is Precision.MONTH:
        pattern = re.sub(r"d+日?\W*", "", pattern).strip()
    parts = [str(format_date(stamp.day, pattern, locale=locale))]
    if stamp.weekday:
        parts[0] += str(format_date(stamp.day, "EEEE", locale=locale))
    if stamp.time is not None:
        parts.append(str(format_time(stamp.time, "short", locale=locale)))
    return " ".join([*parts, stamp.zone]).strip()


def _stamp(text: str) -> Stamp | None:
    match = _DATE.fullmatch(text)
    if not match:
        return None
    group = match.groupdict()
    year = next(int(group[y]) for y in ("y1", "y2", "y3", "y4", "y5") if group[y])
    if group["n1"]:
        first, second = int(group["n1"]), int(group["n2"])
        if first <= 12 and second <= 12 and first != second:
            return None
        month, day = (second, first) if first > 12 else (first, second)
    else:
        month = int(group["m3"]) if group["m3"] else _month(group["m1"] or group["m2"] or group["m5"])
        day = _number(group["d1"] or group["d2"] or group["d3"] or "1")
    precision = Precision.MONTH if group["m5"] else Precision.DAY
    try:
        result = date(year, month, day)
        when = _clock(group) if group["hour"] else None
    except ValueError:
        return None
    weekday = group["weekday"]
    contradicted = weekday and _DAYS.split("|").index(weekday[:3].lower()) != result.weekday()
    if contradicted or (group["m5"] and (weekday or when)):
        return None
    return Stamp(result, precision, bool(weekday), when, _zone(group["zone"]))


def _clock(group: dict[str, str | None]) -> time:
    """The time of day; ValueError when it is none."""
    hour, minute = int(group["hour"] or 0), int(group["minute"] or 0)
    half = (group["half"] or "").lower()
    if (half and not 1 <= hour <= 12) or (not half and group["minute"] is None):
        message = "not a time of day"
        raise ValueError(message)
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute)


def _zone(written: str | None) -> str:
    zone = (written or "").upper()
    return "UTC" if zone == "Z" else zone


def _short_period(match: re.Match[str]) -> Period | None:
    group = match.groupdict()
    year, first = int(group["y"]), _month(group["m"])
    last = _month(group.get("n") or group["m"])
    precision = Precision.DAY if group.get("a") else Precision.MONTH
    try:
        start = date(year, first, _number(group.get("a") or "1"))
        end = date(year, last, _number(group.get("b") or "1"))
    except ValueError:
        return None
    return _period(Stamp(start, precision), Stamp(end, precision))


def _period(start: Stamp, end: Stamp) -> Period | None:
    return Period(start, end) if start.day < end.day and start.precision == end.precision else None


def _month(name: str) -> int:
    return _MONTHS.split("|").index(name[:3].lower()) + 1


def _number(day: str) -> int:
    return int(day.rstrip("stndrhSTNDRH"))
