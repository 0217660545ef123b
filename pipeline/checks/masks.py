"""URLs, e-mail addresses, placeholders, paths and code that did not come through unchanged."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from pipeline.model import Finding, Locale, Severity, Unit
from pipeline.text import mask

_TAG = re.compile(r"</?[A-Za-z][\w-]*/?>")


def check(unit: Unit, locale: Locale) -> Iterator[Finding]:
    """Count every protected piece of the source in the target."""
    del locale
    if not unit.target.strip():
        return
    wanted = Counter(span.value for span in mask.protect(_TAG.sub(" ", unit.source)).spans)
    for value, times in wanted.items():
        if unit.target.count(value) < times:
            yield Finding("masks", f"{value} is lost", Severity.ERROR)
    stray = [span.mask for span in mask.protect(unit.target).spans if re.fullmatch(r"⟦\s*\d+\s*⟧", span.value)]
    if stray and "⟦" not in unit.source:
        yield Finding("masks", "a mask of the machine translation is left in the text", Severity.ERROR)
