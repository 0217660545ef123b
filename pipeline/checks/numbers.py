"""Figures that differ: `$34 billion` must be 340亿美元, and no figure may come from nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Finding, Locale, Unit
from pipeline.text.figures.numbers import compare


def check(unit: Unit, locale: Locale) -> Iterator[Finding]:
    """Report figures written with digits that the other side has in no form."""
    del locale
    if not unit.target.strip():
        return
    missing, extra = compare(unit.source, unit.target)
    if missing:
        yield Finding("numbers", f"not in the translation: {', '.join(figure.text for figure in missing)}")
    if extra:
        yield Finding("numbers", f"not in the source: {', '.join(figure.text for figure in extra)}")
