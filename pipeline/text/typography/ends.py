"""ends: a title or heading carries no full stop (CLREQ; house style of newspapers).

A subtitle may be sentences, and then ends as they do; whether it is, the source tells (`text/ending`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model import Kind
from pipeline.text.typography.classes import HAN
from pipeline.text.typography.line import Edit, House, Line

BARE = frozenset({Kind.SECTION, Kind.TITLE, Kind.HEADING, Kind.AUTHOR, Kind.AFFILIATION, Kind.DATE})
_STOP = re.compile(f"(?<=[{HAN}A-Za-z0-9）》」』”’%])[。，；：、]+$")


def edits(line: Line, house: House) -> Iterator[Edit]:
    """`缓和的前景。` -> `缓和的前景` in a heading; ？ and ！ and …… stay."""
    text = line.text
    if house.kind in BARE:
        for found in _STOP.finditer(text):
            yield Edit(found.start(), found.end(), "")
