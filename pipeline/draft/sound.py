"""Whether a second translation may take the place of a first."""

from __future__ import annotations

from pipeline.engine import Request, Result
from pipeline.repair import masks, missing
from pipeline.text import loops

_LONGER, _SHORTER, _LEEWAY = 1.3, 0.7, 8  # bounds of a new translation's length, in characters of the old one


def sound(source: str, old: str, new: Result) -> bool:
    """Whether a translation is about as long as the old one, and whole."""
    size = len(new.text)
    return (
        _SHORTER * len(old) - _LEEWAY <= size <= _LONGER * len(old) + _LEEWAY
        and not new.truncated
        and not runs_in_circles(source, new.text)
    )


def keeps(request: Request, old: str, new: str, mask: str) -> bool:
    """Whether a translation lacks no more of the request's terms than the old one, and has all of its masks."""
    lacks = len(missing(new, request.required)) - len(missing(old, request.required))
    return lacks <= 0 and not (mask and masks(old, mask) - masks(new, mask))


def runs_in_circles(source: str, target: str) -> bool:
    """Whether a translation repeats itself where its source does not."""
    return loops.loop(target) is not None and loops.loop(source) is None
