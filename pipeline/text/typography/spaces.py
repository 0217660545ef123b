"""spaces: none between Chinese characters or beside full-width marks; between Han and Latin as the house has it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.text.typography.classes import HAN, SPACE
from pipeline.text.typography.line import Edit, House, Line

_MARKS = "，。、；：？！（）《》〈〉【】「」『』〔〕…—·"
_LATIN = "A-Za-z0-9"
_LOOSE = re.compile(
    rf"(?<=[{HAN}{_MARKS}])[{SPACE}]+(?=[{HAN}{_MARKS}])|[{SPACE}]+(?=[{_MARKS}])|(?<=[{_MARKS}])[{SPACE}]+"
    rf"|(?<=[{HAN}{_MARKS}])[{SPACE}]+(?=[“‘”’])|(?<=[“‘”’])[{SPACE}]+(?=[{HAN}{_MARKS}])"
    rf"|^[{SPACE}]+|[{SPACE}]+$|[\u200b\ufeff\u2060]+"
)
_EDGE = re.compile(
    rf"(?<=[{HAN}])[{SPACE}]*(?=[{_LATIN}$€£¥@#&+])|(?<=[{_LATIN}%°+])[{SPACE}]*(?=[{HAN}])"
    rf"|(?<=[A-Za-z]\.)[{SPACE}]*(?=[{HAN}])"
)
_RUN = re.compile(f"[{SPACE}]{{2,}}|[\t\u00a0\u2000-\u200a\u202f\u205f\u3000]")


def edits(line: Line, house: House) -> Iterator[Edit]:
    """`他 在 NATO 工作 。` -> `他在NATO工作。` (or `他在 NATO 工作。`)."""
    text = line.text
    wanted = " " if house.rules.space else ""
    changes: dict[int, Edit] = {}
    for found in _LOOSE.finditer(text):
        changes[found.start()] = Edit(found.start(), found.end(), "")
    for found in _EDGE.finditer(text):
        if found.group() != wanted:
            changes.setdefault(found.start(), Edit(found.start(), found.end(), wanted))
    for found in _RUN.finditer(text):
        changes.setdefault(found.start(), Edit(found.start(), found.end(), " "))
    last = 0
    for start in sorted(changes):
        if start >= last:
            yield changes[start]
            last = changes[start].end
