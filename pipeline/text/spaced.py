"""English words in a Chinese translation that a model ran together: `MaritimeStudies` for *Maritime Studies*."""

from __future__ import annotations

import re
from collections.abc import Collection

_RUN = re.compile(r"(?<![A-Za-z])[A-Za-z]{3,}(?![A-Za-z])")
_MOST = 5  # words in a run


def spaced(source: str, target: str, given: Collection[str] = ()) -> str:
    """`target` with the spaces that `source` has in the runs of letters that are words of it in a row.

    A run that stands in `source` itself, or in one of the `given` forms, which were asked for, is as it should be.
    """

    def apart(run: re.Match[str]) -> str:
        if any(run[0] in text for text in (source, *given)):
            return run[0]
        found = re.search(rf"(?<![A-Za-z]){' ?'.join(run[0])}(?![A-Za-z])", source)
        return found[0] if found and found[0].count(" ") < _MOST else run[0]

    return _RUN.sub(apart, target)
