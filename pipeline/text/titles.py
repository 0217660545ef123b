"""The marks of a work's or a treaty's title, 《 and 》, which an engine loses one of: `《新削减战略武器条约”限制`."""

from __future__ import annotations

import re
from collections.abc import Iterable

OPEN, CLOSE = "《", "》"
_OPENS, _CLOSES = "“‘「『", "”’」』"  # what an engine begins or ends a title with instead
_PARTNERS = dict(zip(_OPENS + _CLOSES, _CLOSES + _OPENS, strict=True))


def with_marks(target: str, titles: Iterable[str]) -> str:
    """`target` with both marks around each of the `titles` (forms such as 《新削减战略武器条约》) that has one of them.

    A quotation mark in the place of the other is taken for it if it has no partner.
    """
    for title in dict.fromkeys(titles):
        if title[1:-1] and title == OPEN + title[1:-1] + CLOSE:
            target = _with_both(target, title)
    return target


def _with_both(target: str, title: str) -> str:
    name = re.escape(title[1:-1])

    def other(mark: str) -> str:
        """The quotation mark, unless it stands for a title's."""
        return mark if mark and target.count(mark) == target.count(_PARTNERS[mark]) else ""

    target = re.sub(f"{OPEN}{name}(?!{CLOSE})([{_CLOSES}]?)", lambda begun: title + other(begun[1]), target)
    return re.sub(f"([{_OPENS}]?)(?<!{OPEN}){name}{CLOSE}", lambda ended: other(ended[1]) + title, target)
