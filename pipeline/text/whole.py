"""Whether a stretch of a text is a whole word and a whole number where it begins or ends with one.

Chinese has no spaces, but what it holds of Latin letters and digits has edges: `RAND` is not in `BRAND`, `1110万` is
not in `11110万`, and `380` is neither in `6,380` nor in `2.380`.
"""

from __future__ import annotations

import re

WIDE = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
"""Full-width letters, digits and marks, and what they are in ASCII."""

_FROM, _ON = re.compile(r"\d[.,]$"), re.compile(r"[.,]\d")  # a number goes on


def whole(text: str, start: int, end: int) -> bool:
    """Whether no word in Latin letters and no number goes on across an edge of `text[start:end]`, not empty."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if (_latin(before) and _latin(text[start])) or (_latin(after) and _latin(text[end - 1])):
        return False
    return not (
        (text[start].isdecimal() and _FROM.search(text[max(0, start - 2) : start]))
        or (text[end - 1].isdecimal() and _ON.match(text, end))
    )


def _latin(character: str) -> bool:
    character = WIDE.get(character, character)
    return character.isalnum() and character < "\u0250"
