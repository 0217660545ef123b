"""The same words again and again: a translation model that got stuck in a loop."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Finding, Locale, Severity, Unit
from pipeline.text.loops import loop

_SHOWN = 20  # characters of the repeated text in the message


def check(unit: Unit, locale: Locale) -> Iterator[Finding]:
    """Report a loop of the target unless the source repeats itself too."""
    del locale
    found = loop(unit.target)
    if found and not loop(unit.source):
        start, period, times = found
        shown = unit.target[start : start + min(period, _SHOWN)]
        yield Finding("repetition", f"“{shown}” stands {times} times in a row", Severity.ERROR)
