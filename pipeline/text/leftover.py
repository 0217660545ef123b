"""English words left standing in a Chinese translation, whole or in part: `为了sacrifice一些议程`, `蒂勒son`.

Small models spell out what they do not know. Names, acronyms, units and what stands in brackets are no leftovers: only
runs of small letters count, and only where the source has them within a word; a name that stands whole begins with a
capital letter. Wreckage counts as well: a word that is none of the source (`Seniorlow` of *Senior Fellow*).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise

_WORD = re.compile(r"(?<![\w@#./:’'-])[A-Za-z][a-z’'-]+(?![\w@/:])")
_RUN = re.compile(r"(?<![A-Za-z0-9@#./_’'-])[a-z]{2,}(?![A-Za-z0-9@/_])")
# Brackets, titles and quoted words, in which English may stand
ASIDE = re.compile(r"（[^（）]*）|\([^()]*\)|《[^《》]*》|“[A-Za-z’' -]+”|「[A-Za-z’' -]+」|〈[^〈〉]*〉")
_STRANGE = re.compile(r"(?<![A-Za-z0-9@#./_’'-])(?=[A-Za-z]*[a-z]{2})[A-Za-z]{4,}(?![A-Za-z0-9@/_.’'-])")
_LETTERS = re.compile(r"[A-Za-z]+")
_UNIT = 3  # letters that km, sq and kwh have at most


def leftovers(source: str, target: str, given: Iterable[str] = ()) -> tuple[tuple[int, int], ...]:
    """The spans of `target` that are words of the English `source` left over, parts of such words, or wreckage.

    `given` are forms that were asked for: what stands in them is no wreckage.
    """
    bare = ASIDE.sub(lambda aside: " " * len(aside[0]), target)
    runs = list(_RUN.finditer(bare))
    words = {word.lower() for word in _WORD.findall(source)} if runs else set()
    found = {
        run.span()
        for run in runs
        if not (run[0] in words and len(run[0]) <= _UNIT) and any(run[0] in word for word in words)
    }
    return tuple(sorted(found | {m.span() for m in strange(source, bare, given)}))


def strange(source: str, target: str, given: Iterable[str] = ()) -> Iterator[re.Match[str]]:
    """Latin words of `target` with which no word of `source` begins, nor two in a row (`Space X`: `SpaceX`)."""
    runs = list(_STRANGE.finditer(target))
    if not runs:
        return
    plain = "".join(c for c in unicodedata.normalize("NFKD", source) if not unicodedata.combining(c))
    words = [word.lower() for word in _LETTERS.findall(" ".join((source, plain, *given)))]
    starts = (*words, *map("".join, pairwise(words)))
    yield from (run for run in runs if not any(start.startswith(run[0].lower()) for start in starts))
