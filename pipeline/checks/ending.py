"""A sentence that ends otherwise than its source: a lost full stop or question mark, or one that was added."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Finding, Kind, Locale, Unit
from pipeline.text.ending import abbreviates, end, stopped, stops
from pipeline.text.typography import ends

_BARE = frozenset({Kind.AUTHOR, Kind.AFFILIATION, Kind.DATE, Kind.SECTION, Kind.CELL, Kind.META})


def check(unit: Unit, locale: Locale) -> Iterator[Finding]:
    """Compare the last marks, behind closing quotation marks, brackets and footnote markers."""
    del locale
    if not unit.target.strip() or unit.kind in _BARE:
        return
    source, target = end(unit.source), end(unit.target)
    asked, asks = source.endswith(("?", "？")), target.endswith(("？", "?"))
    if asked != asks and not (asked and "？" in unit.target[-8:]):
        yield Finding("ending", "the question mark is lost" if asked else "a question mark that the source has not")
        return
    stop = stops(source) and unit.kind not in ends.BARE  # typography takes it off
    if stop and not stopped(target) and not abbreviates(source):
        yield Finding("ending", f"the source ends in {source[-1]}, the translation in no full stop")
    elif not stops(source) and not asked and target.endswith(("。", "！")):
        yield Finding("ending", f"ends in {target[-1]}, and the source in no full stop")
