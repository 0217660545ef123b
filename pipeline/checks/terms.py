"""Glossary terms: the wanted translation is missing, or a forbidden one is used."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Finding, Locale, Unit, Use


def check(unit: Unit, locale: Locale) -> Iterator[Finding]:
    """Report missing terms and forbidden forms, each once."""
    if not unit.target.strip():
        return
    wanted = {hit.target for hit in unit.terms if hit.target}
    rest = unit.target
    for form in sorted(wanted, key=len, reverse=True):
        rest = rest.replace(form, "\0")
    said: set[str] = set()
    for hit in unit.terms:
        if hit.use is Use.MISSING and hit.target and hit.target not in unit.target and hit.target not in said:
            said.add(hit.target)
            yield Finding("terms", f"“{hit.term.source}” should be {hit.target}")
        for form in hit.term.forbidden.get(locale.code, ()):
            if form and form in rest and form not in said:
                said.add(form)
                instead = f"; use {hit.target}" if hit.target else ""
                yield Finding("terms", f"{form} is forbidden for “{hit.term.source}”{instead}")
