"""numbers: percent signs and grouped digits closed up (GB/T 15835 5.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.text.typography.classes import HAN, SPACE
from pipeline.text.typography.line import Edit, House, Line

_PERCENT = re.compile(rf"(?<=\d)[{SPACE}]*(?:%|(?:percent|per cent)(?=[{SPACE}]*(?:[{HAN}，。；、）]|$)))")
_GROUP = re.compile(r"(?<![\d,.])\d{1,3}(?:(?:,[ \u00a0]|[\u00a0\u2009\u202f])\d{3})+(?![\d,])")


def edits(line: Line, _house: House) -> Iterator[Edit]:
    """`5 %` -> `5%`, `10, 000` -> `10,000`, `5 percent的` -> `5%的`."""
    text = line.text
    han = re.search(f"[{HAN}]", text)
    changes = [
        Edit(found.start(), found.end(), "%") for found in _PERCENT.finditer(text) if found.group() != "%" and han
    ]
    changes += [
        Edit(found.start(), found.end(), re.sub(r"[^\d]+", ",", found.group()))
        for found in _GROUP.finditer(text)
        if han
    ]
    yield from sorted(changes, key=lambda edit: edit.start)
