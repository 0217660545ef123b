"""The marks of a work's or a treaty's title, 《 and 》.

An engine loses one of them (`《新削减战略武器条约”限制`), or puts both around what is no title
(`根据《经济合作与发展组织》的数据`).
"""

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


def without_marks(target: str, names: Iterable[str]) -> str:
    """`target` without the marks around the `names`, which are nobody's titles: 经济合作与发展组织, 索尼.

    A mark before one of them goes as well if none behind it answers: 《9·11恐怖袭击造成近3000人死亡.
    """
    for name in dict.fromkeys(names):
        target = target.replace(OPEN + name + CLOSE, name)
        if OPEN + name in target and target.count(OPEN) > target.count(CLOSE):
            target = re.sub(f"{OPEN}(?={re.escape(name)}[^{OPEN}{CLOSE}]*(?:{OPEN}|$))", "", target)
    return target


def _with_both(target: str, title: str) -> str:
    name = re.escape(title[1:-1])

    def other(mark: str) -> str:
        """The quotation mark, unless it stands for a title's."""
        return mark if mark and target.count(mark) == target.count(_PARTNERS[mark]) else ""

    target = re.sub(f"{OPEN}{name}(?!{CLOSE})([{_CLOSES}]?)", lambda begun: title + other(begun[1]), target)
    return re.sub(f"([{_OPENS}]?)(?<!{OPEN}){name}{CLOSE}", lambda ended: other(ended[1]) + title, target)
