"""marks: full-width , . ; : ! ? beside Chinese (CLREQ 3.1; GB/T 15834 5.1), and no mark doubled."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.text.typography.classes import CJK, HAN, SPACE
from pipeline.text.typography.line import ATOMS, Edit, House, Line

_WIDE = {",": "，", ".": "。", ";": "；", ":": "：", "!": "！", "?": "？", "﹐": "，", "﹑": "、", "､": "、", "｡": "。"}
_AFTER = re.compile(rf"(?<=[{CJK}”’%％）])[{SPACE}]*([,.;:!?﹐﹑､｡])(?![\d.]\d*)[{SPACE}]*")
_BEFORE = re.compile(rf"(?<=[A-Za-z0-9%)\]”’{ATOMS}])([,;:!?])[{SPACE}]*(?=[{HAN}（《「『“‘])")
_END = re.compile(rf"(?<=[A-Za-z0-9%)\]{ATOMS}])([.!?])$")
_ABBREVIATION = re.compile(
    r"(?:^|[^A-Za-z])(?:[A-Za-z]|(?:[A-Za-z]\.)+[A-Za-z]|Inc|Corp|Ltd|Co|Jr|Sr|Dr|St|No|vs|etc)$"
)
_DOUBLED = re.compile(r"，(?=[，。；：！？])|(?<=[。！？；：])[，。；：]+|、(?=[、，。])|(?<=[。！？][”’」』])。")
_HAN = re.compile(f"[{HAN}]")


def edits(line: Line, _house: House) -> Iterator[Edit]:
    """`他说,好的.` -> `他说，好的。`; numbers, Latin text and abbreviations stay."""
    text = line.text
    if not _HAN.search(text):
        return
    changes: dict[int, Edit] = {}
    for found in [*_AFTER.finditer(text), *_BEFORE.finditer(text), *_END.finditer(text)]:
        if found.re is _END and found[1] == "." and _ABBREVIATION.search(text[: found.start(1)]):
            continue
        if found.re is _AFTER and found[1] == "." and text[found.end(1) : found.end(1) + 1].isascii():
            following = text[found.end(1) : found.end(1) + 1]
            if following.isalpha() and text[found.start(1) - 1].isascii():
                continue
        if found.re is _AFTER and found[1] == ":" and text[found.end(1) : found.end(1) + 2] == "//":
            continue
        changes.setdefault(found.start(), Edit(found.start(), found.end(), _WIDE[found[1]]))
    for found in _DOUBLED.finditer(text):
        changes.setdefault(found.start(), Edit(found.start(), found.end(), ""))
    last = 0
    for start in sorted(changes):
        if start >= last:
            yield changes[start]
            last = changes[start].end
