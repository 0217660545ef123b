"""English words left standing in a Chinese translation, whole or in part: `为了sacrifice一些议程`, `更wish思维`.

Small models spell out what they do not know. Names, acronyms, units and what stands in brackets are no leftovers: only
runs of small letters count, and only where the source has them within a word in small letters.
"""

from __future__ import annotations

import re

_WORD = re.compile(r"(?<![\w@#./:’'-])[a-z][a-z’'-]+(?![\w@/:])")
_RUN = re.compile(r"(?<![A-Za-z0-9@#./_’'-])[a-z]{2,}(?![A-Za-z0-9@/_])")
_ASIDE = re.compile(r"（[^（）]*）|\([^()]*\)|《[^《》]*》|“[A-Za-z’' -]+”|「[A-Za-z’' -]+」|〈[^〈〉]*〉")
_UNIT = 3  # letters that km, sq and kwh have at most


def leftovers(source: str, target: str) -> tuple[tuple[int, int], ...]:
    """The spans of `target` that are words of the English `source` left over, or parts of such words."""
    runs = list(_RUN.finditer(_ASIDE.sub(lambda aside: " " * len(aside[0]), target)))
    if not runs:
        return ()
    words = set(_WORD.findall(source))
    return tuple(
        run.span()
        for run in runs
        if any(run[0] in word and not (word == run[0] and len(word) <= _UNIT) for word in words)
    )
