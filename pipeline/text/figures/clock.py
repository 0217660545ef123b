"""Times of the day: `9.30 a.m.` is 上午9时30分, `8 pm` 晚上8时."""

from __future__ import annotations

import re

from pipeline.text.figures.rule import FREE, Rule

# From which hour on a part of the day has its name; the first is the usual one.
_PARTS = (
    (0, ("凌晨",)),
    (6, ("上午", "早上", "早晨", "清晨")),
    (9, ("上午", "早上")),
    (12, ("中午", "下午")),
    (13, ("下午",)),
    (18, ("晚上", "傍晚", "下午", "晚")),
    (19, ("晚上", "晚间", "晚")),
)
_TWELVE = 12

# The last point of an abbreviation at the end of a text is the sentence's as well and stays there.
_CLOCK = (
    r"(?P<all>(?P<hour>\d\d?)(?:[:.](?P<minute>[0-5]\d))? ?(?P<half>[ap])\.?m"
    r"(?:\.(?= \w|[,;:)–—-])|(?![\w'’]|\.\w)))"
)


def _clock(match: re.Match[str]) -> list[str]:
    """The forms of a time preferred first; none if a clock cannot show it."""
    hour, minute, afternoon = int(match["hour"]), match["minute"], match["half"] in "pP"
    if not 1 <= hour <= _TWELVE:
        return []
    of_day = hour % _TWELVE + _TWELVE * afternoon
    parts = next(names for first, names in reversed(_PARTS) if of_day >= first)
    shown = hour if afternoon else of_day
    if not minute or minute == "00":
        times = [f"{shown}{word}" for word in "时点"]
    else:
        times = [f"{shown}时{int(minute)}分", f"{shown}点{int(minute)}分", f"{shown}:{minute}"]
    return [part + time for time in times for part in parts]


RULES: tuple[Rule, ...] = ((FREE + _CLOCK, _clock),)
