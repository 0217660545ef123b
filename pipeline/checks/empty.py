"""No translation, though there is something to translate."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Finding, Locale, Severity, Unit


def check(unit: Unit, locale: Locale) -> Iterator[Finding]:
    """Report a target without any visible character."""
    if unit.source.strip() and not unit.target.strip():
        yield Finding("empty", f"no {locale.code} translation", Severity.ERROR)
