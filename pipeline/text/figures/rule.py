"""A rule: a pattern with a group `all`, and what says the forms of what it finds; and what many patterns share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from pipeline.text.figures.number_words import CARDINALS

Forms = Callable[[re.Match[str]], list[str]]
"""The Simplified Chinese forms of a match, preferred first; none where it is nothing of the kind."""
Rule = tuple[str, Forms]

FREE = r"(?<![\w.,/$€£¥₩₹–-])"  # nothing that a number could go on from
END = r"(?![\w/]|[.,]\d|[–-]\d)"
NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
TO = ("至", "到", "-")  # between two bounds, preferred first
YEAR = r"1[5-9]\d\d|20\d\d"


def any_of(words: Iterable[str]) -> str:
    """A pattern for one of these words, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def cardinals(least: int, most: int) -> str:
    """A pattern for the words of whole numbers from `least` to `most`, both among them; no hyphened ones."""
    return any_of(word for word, value in CARDINALS.items() if least <= value <= most)
