"""A negation that is lost: the translation may say the opposite of its source."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Finding, Locale, Unit
from pipeline.text.negation import lost


def check(unit: Unit, locale: Locale) -> Iterator[Finding]:
    """Report the negating words of a source whose translation negates nothing."""
    del locale
    if not unit.target.strip():
        return
    words = dict.fromkeys(unit.source[start:end].lower() for start, end in lost(unit.source, unit.target))
    if words:
        yield Finding("negation", f"the translation negates nothing, and the source has “{'”, “'.join(words)}”")
