"""width: full-width Latin letters, digits and their signs become half-width (GB/T 15835: Arabic numerals are)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.text.typography.line import Edit, House, Line

_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ％＄＃＆＠＋＝]|[０-９0-9][．：，](?=[０-９0-9])")


def edits(line: Line, _house: House) -> Iterator[Edit]:
    """`２０２０年增长５％` -> `2020年增长5%`; `３．５` -> `3.5`, `10，000` -> `10,000`, `3：30` -> `3:30`."""
    text = line.text
    for found in _WIDE.finditer(text):
        sign = found.end() - 1
        if text[sign] == "，" and not re.match(r"[０-９0-9]{3}(?![０-９0-9])", text[found.end() :]):
            sign -= 1
        for place in range(found.start(), sign + 1):
            if "！" <= text[place] <= "～":
                yield Edit(place, place + 1, chr(ord(text[place]) - 0xFEE0))
