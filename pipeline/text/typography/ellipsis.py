"""ellipsis: six dots, …… (GB/T 15834 4.11; 重訂標點符號手冊 刪節號)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.text.typography.classes import CJK, HAN
from pipeline.text.typography.line import Edit, House, Line

_DOTS = re.compile(
    rf"(?<=[{CJK}”’])[ \u00a0]?(?:…[…. ]*(?<! )|\.(?:[ ]?\.){{2,}}|。{{3,}}|⋯+)|(?:…++|\.{{3,}}+|⋯++)(?=[{CJK}])"
    rf"|(?<=[%％0-9])(?:…++|\.{{3,}}+|⋯++)(?=[”’」』\"]*(?:$|[{CJK}]))"
)
_HAN = re.compile(f"[{HAN}]")


def edits(line: Line, _house: House) -> Iterator[Edit]:
    """`等等...` -> `等等……`; dots in Latin text stay."""
    text = line.text
    if not _HAN.search(text):
        return
    for found in _DOTS.finditer(text):
        start = found.start()
        if found.group() != "……":
            yield Edit(start, found.end(), "……")
