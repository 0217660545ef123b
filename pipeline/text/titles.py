"""The marks of a work's or a treaty's title, 《 and 》, which an engine loses one of: `《新削减战略武器条约”限制`."""

from __future__ import annotations

from collections.abc import Iterable

OPEN, CLOSE = "《", "》"
_OPENS, _CLOSES = "“‘「『", "”’」』"  # what an engine begins or ends a title with instead


def with_marks(target: str, titles: Iterable[str]) -> str:
    """`target` with both marks around each of the `titles` (forms such as 《新削减战略武器条约》) that has one of them.

    A quotation mark in the place of the other is taken for it if it has no partner.
    """
    for title in dict.fromkeys(titles):
        if title.startswith(OPEN) and title.endswith(CLOSE) and len(title) > 2:
            target = _closed(target, title)
            target = _opened(target, title)
    return target


def _closed(target: str, title: str) -> str:
    begun, parts = title[:-1], target.split(title[:-1])
    for i, rest in enumerate(parts[1:], 1):
        if rest.startswith(CLOSE):
            continue
        lone = rest[:1] in _CLOSES and rest[:1] and not _paired(target, _OPENS[_CLOSES.index(rest[0])], rest[0])
        parts[i] = CLOSE + (rest[1:] if lone else rest)
    return begun.join(parts)


def _opened(target: str, title: str) -> str:
    ended, parts = title[1:], target.split(title[1:])
    for i, before in enumerate(parts[:-1]):
        if before.endswith(OPEN):
            continue
        lone = before[-1:] in _OPENS and before and not _paired(target, before[-1], _CLOSES[_OPENS.index(before[-1])])
        parts[i] = (before[:-1] if lone else before) + OPEN
    return ended.join(parts)


def _paired(target: str, opens: str, closes: str) -> bool:
    return target.count(opens) == target.count(closes)
