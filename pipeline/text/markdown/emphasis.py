"""Which delimiters pair: emphasis and strikethrough by CommonMark's rules of flanking and of threes.

Time grows with the number of delimiters: what was looked for in vain below one is not looked for again.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Pair(NamedTuple):
    """Two delimiters of `size` characters: where the first begins, and where the second ends."""

    sign: str
    size: int
    start: int
    end: int


@dataclass(slots=True)
class Run:
    """A run of the same sign; `start` and `end` bound what of it is not yet paired, `length` is what it was."""

    sign: str
    start: int
    end: int
    length: int
    opens: bool
    closes: bool
    number: int = 0

    @property
    def left(self) -> bool:
        """Whether there is enough of it for a delimiter; that of strikethrough is two tildes, a third is text."""
        return self.end - self.start > (self.sign == "~")


def run(text: str, start: int, end: int) -> Run:
    """The run of one of `*_~` at a place of a text."""
    before, after = text[start - 1] if start else " ", text[end] if end < len(text) else " "
    left = not _space(after) and (not _punctuation(after) or _space(before) or _punctuation(before))
    right = not _space(before) and (not _punctuation(before) or _space(after) or _punctuation(after))
    sign = text[start]
    if sign == "_":  # none within words
        left, right = left and (not right or _punctuation(before)), right and (not left or _punctuation(after))
    return Run(sign, start, end, end - start, left, right)


def _space(char: str) -> bool:
    return char in "\t\n\v\f\r" or unicodedata.category(char) == "Zs"


def _punctuation(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"


def pairs(runs: Sequence[Run]) -> Iterator[Pair]:
    """The pairs among the runs of a stretch of text, inner before outer; each run can be asked once."""
    opened: list[Run] = []
    vain: dict[tuple[str, bool, int], int] = {}
    for number, closer in enumerate(runs):
        closer.number = number
        key = (closer.sign, closer.opens, closer.length % 3)
        while closer.closes and closer.left:
            place = _opener(opened, closer, vain.get(key, -1))
            if place is None:
                vain[key] = number - 1
                break
            del opened[place + 1 :]
            opener = opened[-1]
            size = 2 if min(opener.end - opener.start, closer.end - closer.start) > 1 else 1
            yield Pair(closer.sign, size, opener.end - size, closer.start + size)
            opener.end -= size
            closer.start += size
            if not opener.left:
                opened.pop()
        if closer.opens and closer.left:
            opened.append(closer)


def _opener(opened: Sequence[Run], closer: Run, floor: int) -> int | None:
    place = len(opened) - 1
    while place >= 0 and opened[place].number > floor:
        if _fits(opened[place], closer):
            return place
        place -= 1
    return None


def _fits(opener: Run, closer: Run) -> bool:
    if opener.sign != closer.sign:
        return False
    both = opener.closes or closer.opens
    odd = (opener.length + closer.length) % 3 == 0 and closer.length % 3 != 0
    return closer.sign == "~" or not (both and odd)
