"""brackets: full-width round brackets where they hold or adjoin Chinese (CLREQ 3.1.4; GB/T 15834 4.9)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.text.typography.classes import CJK, HAN, SPACE
from pipeline.text.typography.line import Edit, House, Line

_HAN = re.compile(f"[{HAN}]")
_BESIDE = re.compile(f"[{CJK}“”]")


def edits(line: Line, _house: House) -> Iterator[Edit]:
    """`北约(NATO)` -> `北约（NATO）`; brackets in Latin text stay. Only pairs change."""
    text = line.text
    changes = []
    opened: list[int] = []
    for place, char in enumerate(text):
        if char in "(（":
            opened.append(place)
        elif char in ")）" and opened:
            start = opened.pop()
            mixed = {text[start], char} in ({"(", "）"}, {"（", ")"})
            before, after = text[:start].rstrip(), text[place + 1 :].lstrip()
            call = text[start - 1 : start].isascii() and text[start - 1 : start].isalnum()  # f(x), GDP(PPP)
            beside = bool(_BESIDE.match(before[-1:])) or (not call and bool(_BESIDE.match(after[:1])))
            if text[start] + char != "（）" and (mixed or beside or _HAN.search(text, start, place)):
                changes += [Edit(start, start + 1, "（"), Edit(place, place + 1, "）")]
    spaces = re.compile(f"[{SPACE}]+(?=[（）])|(?<=[（）])[{SPACE}]+")
    done = {edit.start for edit in changes}
    changes += [Edit(s.start(), s.end(), "") for s in spaces.finditer(text) if s.start() not in done]
    yield from sorted(
        (edit for edit in changes if edit.new != text[edit.start : edit.end]), key=lambda edit: edit.start
    )
