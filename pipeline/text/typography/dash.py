"""dash: a dash as wide as two characters, —— (GB/T 15834 4.10; 重訂標點符號手冊 破折號)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.text.typography.classes import CJK, SPACE
from pipeline.text.typography.line import Edit, House, Line

_DASH = re.compile(
    rf"(?<=[{CJK}”’])[{SPACE}]*(?:[—―–─]+|--+)[{SPACE}]*|[{SPACE}]*(?:[—―–─]+|--+)[{SPACE}]*(?=[{CJK}“‘])"
    rf"|(?<=[{CJK}])[{SPACE}]+-[{SPACE}]+(?=[{CJK}])"
)


def edits(line: Line, _house: House) -> Iterator[Edit]:
    """`他说--不` and `他说 — 不` -> `他说——不`; a dash between numbers or Latin words stays."""
    text = line.text
    for found in _DASH.finditer(text):
        inside = text[found.start() - 1 : found.start()].isdigit() or text[found.end() : found.end() + 1].isdigit()
        if found.group() != "——" and not (inside and found.group() in "—–"):
            yield Edit(found.start(), found.end(), "——")
