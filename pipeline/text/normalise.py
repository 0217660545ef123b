"""The normalisation of English sources that the embedded model was trained with, and where each character came from.

It does exactly what `training/normalise.py` does, in the same order:

1. Unicode NFC (UAX #15).
2. Single characters: curly quotes become straight, the no-break space a space, the ellipsis three dots, the en dash
   a hyphen; soft hyphens, zero-width spaces and byte-order marks are dropped.
3. Runs of white space become one space, and there is none at the ends.
4. A text of three words or more in capitals is written in lower case with a capital at its beginning, because
   capitals would fall apart into single letters.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise

PLAIN = {
    0x2018: "'",
    0x2019: "'",
    0x201C: '"',
    0x201D: '"',
    0x00A0: " ",
    0x2026: "...",
    0x2013: "-",
    0x00AD: "",
    0x200B: "",
    0xFEFF: "",
}
SHOUT = 0.9  # from this share of capitals among its letters a text is taken to be shouted
SHOUT_WORDS = 3

_LETTER = re.compile(r"[A-Za-z]")
_WORD = re.compile(r"[A-Za-z]{2,}")
_MARK = "<term>"  # a text that carries term marks is left as it is


@dataclass(frozen=True, slots=True)
class Aligned:
    """A rewritten text; its character i came from `original[starts[i]:ends[i]]`. Both lists only go up."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where `original[start:end]` stands in `text`; an empty span where nothing of it is left."""
        first, last = bisect_right(self.ends, start), bisect_left(self.starts, end)
        return first, max(first, last)


def normalise(text: str) -> str:
    """`text` as the embedded model reads it."""
    text = " ".join(unicodedata.normalize("NFC", text).translate(PLAIN).split())
    return _quiet(text) if shouted(text) else text


def normalise_aligned(text: str) -> Aligned:
    """`normalise(text)` with the origin of every character."""
    chars: list[tuple[str, int, int]] = []
    for composed, start, end in _compose(text):
        for c in composed:
            chars += [(d, start, end) for d in PLAIN.get(ord(c), c)]
    chars = _fold_space(chars)
    plain = "".join(c for c, _, _ in chars)
    if shouted(plain):
        chars = [(d, start, end) for c, start, end in chars for d in c.lower()]
        quiet = _quiet(plain)
        if len(quiet) != len(chars):  # the first letter became two, as ß does
            at = next(i for i, (c, _, _) in enumerate(chars) if c.isalpha())
            chars[at:at] = [chars[at]] * (len(quiet) - len(chars))
        chars = [(d, start, end) for d, (_, start, end) in zip(quiet, chars, strict=True)]
    return Aligned("".join(c for c, _, _ in chars), tuple(s for _, s, _ in chars), tuple(e for _, _, e in chars))


def _compose(text: str) -> list[tuple[str, int, int]]:
    """NFC in pieces that do not touch each other, with the place of each in `text`."""
    if unicodedata.is_normalized("NFC", text):
        return [(c, i, i + 1) for i, c in enumerate(text)]
    cuts = [0]
    for i in range(1, len(text)):
        head, c = unicodedata.normalize("NFC", text[cuts[-1] : i]), text[i]
        apart = head + unicodedata.normalize("NFC", c) == unicodedata.normalize("NFC", head + c)
        if apart and not unicodedata.combining(c):
            cuts.append(i)
    pieces = [(unicodedata.normalize("NFC", text[a:b]), a, b) for a, b in pairwise([*cuts, len(text)])]
    whole = unicodedata.normalize("NFC", text)
    return pieces if "".join(p for p, _, _ in pieces) == whole else [(whole, 0, len(text))]


def _fold_space(chars: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Runs of white space as one space with the place of the whole run, none at the ends."""
    out: list[tuple[str, int, int]] = []
    for c, start, end in chars:
        if not c.isspace():
            out.append((c, start, end))
        elif out and out[-1][0] == " ":
            out[-1] = (" ", out[-1][1], end)
        elif out:
            out.append((" ", start, end))
    return out[:-1] if out and out[-1][0] == " " else out


def shouted(text: str) -> bool:
    """Whether a text of some words is nearly all in capitals."""
    if _MARK in text or len(_WORD.findall(text)) < SHOUT_WORDS:
        return False
    letters: list[str] = _LETTER.findall(text)
    return sum(c.isupper() for c in letters) >= SHOUT * len(letters)


def _quiet(text: str) -> str:
    low = text.lower()
    first = next((i for i, c in enumerate(low) if c.isalpha()), 0)
    return low[:first] + low[first : first + 1].upper() + low[first + 1 :]
