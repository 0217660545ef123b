"""English words in a Chinese translation that a model ran together: `MaritimeStudies` for *Maritime Studies*."""

from __future__ import annotations

import re
from collections.abc import Collection

_RUN = re.compile(r"(?<![A-Za-z])[A-Za-z]{3,}(?![A-Za-z])")
_WORDS = re.compile(r"[A-Za-z]+(?: [A-Za-z]+)+")
_MOST = 5  # words in a run


def spaced(source: str, target: str, given: Collection[str] = ()) -> str:
    """`target` with the spaces that `source` has in the runs of letters that are words of it in a row.

    A run that stands in `source` itself, or in one of the `given` forms, which were asked for, is as it should be.
    """
    odd = [run for run in set(_RUN.findall(target)) if run not in source and not any(run in form for form in given)]
    if not odd:
        return target
    apart = {}
    for row in _WORDS.findall(source):
        words = row.split(" ")
        for first in range(len(words)):
            for after in range(first + 2, min(first + _MOST, len(words)) + 1):
                apart["".join(words[first:after])] = " ".join(words[first:after])
    return _RUN.sub(lambda run: apart.get(run[0], run[0]) if run[0] in odd else run[0], target)
