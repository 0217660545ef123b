"""English words left standing in a Chinese translation, whole or in part: `为了sacrifice一些议程`, `蒂勒son`.

Small models spell out what they do not know. Names, acronyms, units and what stands in brackets are no leftovers: only
runs of small letters count, and only where the source has them within a word; a name that stands whole begins with a
capital letter.
"""

from __future__ import annotations

import re

_WORD = re.compile(r"(?<![\w@#./:’'-])[A-Za-z][a-z’'-]+(?![\w@/:])")
_RUN = re.compile(r"(?<![A-Za-z0-9@#./_’'-])[a-z]{2,}(?![A-Za-z0-9@/_])")
# Brackets, titles and quoted words, in which English may stand
ASIDE = re.compile(r"（[^（）]*）|\([^()]*\)|《[^《》]*》|“[A-Za-z’' -]+”|「[A-Za-z’' -]+」|〈[^〈〉]*〉")
_UNIT = 3  # letters that km, sq and kwh have at most


def leftovers(source: str, target: str) -> tuple[tuple[int, int], ...]:
    """The spans of `target` that are words of the English `source` left over, or parts of such words."""
    runs = list(_RUN.finditer(ASIDE.sub(lambda aside: " " * len(aside[0]), target)))
    if not runs:
        return ()
    words = {word.lower() for word in _WORD.findall(source)}
    return tuple(
        run.span()
        for run in runs
        if not (run[0] in words and len(run[0]) <= _UNIT) and any(run[0] in word for word in words)
    )
