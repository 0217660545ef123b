"""A sentence that ends otherwise than its source: a lost full stop or question mark, or one that was added."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model import Finding, Kind, Locale, Unit

_TAG = re.compile(r"</?[A-Za-z][\w-]*/?>")
_AFTER = re.compile(r"(?:[\s\"'”’」』）)\]】》*†‡¹²³⁰⁴-⁹]|\[\d{1,4}\])+$")
_ABBREVIATION = re.compile(r"(?:\b[A-Za-z]\.){2,}$|\b(?:etc|Inc|Ltd|Co|Corp|Jr|Sr|al|No|St|Mr|Dr|[A-Z])\.$")
_BARE = frozenset({Kind.AUTHOR, Kind.AFFILIATION, Kind.DATE, Kind.SECTION, Kind.CELL, Kind.META})


def check(unit: Unit, locale: Locale) -> Iterator[Finding]:
    """Compare the last marks, behind closing quotation marks, brackets and footnote markers."""
    del locale
    if not unit.target.strip() or unit.kind in _BARE:
        return
    source, target = _end(unit.source), _end(unit.target)
    asked, asks = source.endswith(("?", "？")), target.endswith(("？", "?"))
    if asked != asks and not (asked and "？" in unit.target[-8:]):
        yield Finding("ending", "the question mark is lost" if asked else "a question mark that the source has not")
        return
    stops = source.endswith((".", "!", "。", "！", "…"))
    stopped = target.endswith(("。", "！", "…", "；", ".", "!", "？"))
    if stops and not asked and not stopped and not _ABBREVIATION.search(source):
        yield Finding("ending", f"the source ends in {source[-1]}, the translation in no full stop")
    elif not stops and not asked and target.endswith(("。", "！")):
        yield Finding("ending", f"ends in {target[-1]}, and the source in no full stop")


def _end(text: str) -> str:
    return _AFTER.sub("", _TAG.sub("", text)[-400:])
