"""Of British and American spellings the one that a tokenizer knows: `programme` is read as `program`. Ranks in full.

A small model that has `program` as one piece and met `program me` seldom translates the latter as 编程, and
`civilisation` as 公民化. The same word in its other spelling has the same translation, so the model is given that which
its tokenizer takes for likelier and cuts less. Words with a capital are left alone: they may be names (Labour).
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.text.headline import COMMON, Weigh
from pipeline.text.normalise import Aligned
from pipeline.text.ranks import ranks
from pipeline.text.spelling import spellings

_CLEARER = frozenset({"cheque", "cheques"})  # a check is many things
_WORD = re.compile(r"(?<![\w'’@/.-])[a-z]{4,40}(?![\w@/-])")

Replacement = tuple[int, int, str]


def replacements(text: str, weigh: Weigh) -> list[Replacement]:
    """What of `text` is better known otherwise spelt: start, end and that spelling, in order."""
    words = [
        (word.start(), word.end(), new)
        for word in _WORD.finditer(text)
        for other in _others(word[0])
        if (new := _better(word[0], other, weigh))
    ]
    return sorted(words + ranks(text))  # no overlaps: ranks have a capital, the words none


@lru_cache(maxsize=20_000)
def _others(word: str) -> tuple[str, ...]:
    return () if word in _CLEARER else tuple(sorted(spellings(word) - {word}))[:1]


def _better(word: str, other: str, weigh: Weigh) -> str:
    (here, pieces), (there, fewer) = weigh(word), weigh(other)
    return other if fewer < pieces and there - here >= COMMON else ""


def respelled(text: str, found: list[Replacement]) -> str:
    """`text` with the replacements made."""
    out, at = [], 0
    for start, end, new in found:
        out += [text[at:start], new]
        at = end
    return "".join((*out, text[at:]))


def respelled_aligned(base: Aligned, found: list[Replacement]) -> Aligned:
    """The same with the origin of every character: those of a new spelling come from the whole of the word."""
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for start, end, new in found:
        starts += [*base.starts[at:start], *[base.starts[start]] * len(new)]
        ends += [*base.ends[at:start], *[base.ends[end - 1]] * len(new)]
        at = end
    return Aligned(respelled(base.text, found), (*starts, *base.starts[at:]), (*ends, *base.ends[at:]))
