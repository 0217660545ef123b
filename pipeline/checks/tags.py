"""Inline tags lost, doubled, invented or crossing: the links, emphasis, footnote marks and images of the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from pipeline.model import Finding, Locale, Severity, Unit

_TAG = re.compile(r"<(/?)([A-Za-z][\w-]{0,30}?\d{1,6})(/?)>")


def check(unit: Unit, locale: Locale) -> Iterator[Finding]:
    """Compare the tags of source and target, then the nesting of the target's."""
    del locale
    if not unit.target.strip():
        return
    known = {mark.name for mark in unit.marks}
    wanted = Counter(m[0] for m in _TAG.finditer(unit.source) if m[2] in known)
    got = Counter(m[0] for m in _TAG.finditer(unit.target) if m[2] in known or m[0] not in unit.source)
    for tag in dict.fromkeys([*wanted, *got]):
        if got[tag] < wanted[tag]:
            yield _finding(f"{tag} is lost")
        elif got[tag] > wanted[tag]:
            yield _finding(f"{tag} is doubled" if wanted[tag] else f"{tag} is not in the source")
    if got == wanted and (crossing := _crossing(unit.target, known)):
        yield _finding(f"{crossing} does not close what was opened last")


def _crossing(target: str, known: set[str]) -> str:
    """The first closing tag without its partner, or the last opening one; empty when all nest."""
    opened: list[str] = []
    for match in _TAG.finditer(target):
        shut, name, alone = match.groups()
        if name not in known or alone:
            continue
        if not shut:
            opened.append(name)
        elif not opened or opened.pop() != name:
            return match[0]
    return f"<{opened[-1]}>" if opened else ""


def _finding(message: str) -> Finding:
    return Finding("tags", message, Severity.ERROR)
