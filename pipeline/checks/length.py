"""A translation much too short or too long for its source: something was left out, or made up.

The bounds are characters of Chinese for each character of English. Outside them lay one in a thousand of 466 000 pairs
of policy, news and law text at either end, by length of the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from pipeline.model import Finding, Kind, Locale, Unit

_BOUNDS = (  # (source characters from which it holds, least, most)
    (10, 0.10, 1.30),
    (20, 0.095, 1.03),
    (40, 0.12, 0.88),
    (80, 0.12, 0.76),
    (160, 0.118, 0.64),
    (320, 0.11, 0.52),
)
_ASIDE = re.compile(r"[（(][^（()）]*[A-Za-z]{3}[^（()）]*[)）]")  # an original name behind its Chinese
_TAG = re.compile(r"</?[A-Za-z][\w-]*/?>")


def check(unit: Unit, locale: Locale) -> Iterator[Finding]:
    """Report a ratio outside the bounds; sources below 10 characters say too little."""
    del locale
    source, target = len(_TAG.sub("", unit.source).strip()), len(_ASIDE.sub("", _TAG.sub("", unit.target)).strip())
    if not target or source < _BOUNDS[0][0] or unit.kind is Kind.DATE:
        return
    least, most = next(
        low[1:] for low, high in pairwise((*_BOUNDS, (float("inf"), 0.0, 0.0))) if low[0] <= source < high[0]
    )
    if not least <= target / source <= most:
        word = "short" if target / source < least else "long"
        yield Finding("length", f"very {word}: {target} characters for {source} of English")
