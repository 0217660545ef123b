"""Over-long sentences cut at clause boundaries before translation, and their Chinese pieces joined after it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence

_JOINERS = (
    "and|but|or|nor|so|yet|for|while|whereas|although|though|because|which|who|whose|where|when|since|unless|if|as|after"
    "|before|until|with|without|including|despite|even|rather|not|that|thereby|making|leaving"
)
_SPACED = r"(?=\s)"
_BREAKS = (  # (where a cut may come, what it costs), the cheapest first
    (re.compile(rf"[;；][”\"’)]?{_SPACED}|；"), 0.0),
    (re.compile(rf"(?:\s(?:—|–|--)|[:—])[”\"’)]?{_SPACED}|[：—](?=\w)"), 0.12),
    (re.compile(rf",[”\"’]?(?=\s(?:{_JOINERS})\b)"), 0.15),
    (re.compile(rf"[,，][”\"’)]?{_SPACED}|，|\)(?=\s)"), 0.3),
    (re.compile(rf"(?=\s(?:{_JOINERS})\s)"), 0.5),
    (re.compile(_SPACED), 0.9),
)
_CLAUSE = 0.75  # a break before a conjunction within quotes; dearer ones cut phrases
_QUOTED = re.compile(r"“[^“”]*”|‘[^‘’]*’|\"[^\"]*\"|\([^()]*\)")
_IN_QUOTES = 0.25
_MASK = re.compile(r"⟦\s*\d+\s*⟧|__\d+__|</?[a-z]{1,16}\d{1,6}/?>")


def split(text: str, limit: int, length: Callable[[str], int]) -> list[str]:
    """Cut `text` into pieces of at most `limit` by `length`, at the best clause boundaries near their middles.

    In order of preference: semicolon, colon or dash, comma before a conjunction, comma, conjunction, any space; outside
    quotations and brackets rather than inside. A word longer than `limit` is cut as such, but never inside a mask: a
    piece that is one mask stays whole. Pieces are stripped; a text that fits is returned alone. Raises ValueError for a
    limit below 1.
    """
    if limit < 1:
        message = f"the limit of a piece must be at least 1, not {limit}"
        raise ValueError(message)
    if length(text) <= limit:
        return [text.strip()] if text.strip() else []
    places = _places(text)
    pieces: list[str] = []
    stack = [(0, len(text))]
    while stack:
        start, end = stack.pop()
        piece = text[start:end].strip()
        if not piece:
            continue
        cut = _cut(text, start, end, places) if length(piece) > limit else None
        if cut is None:
            pieces.append(piece)
        else:
            stack += [(cut, end), (start, cut)]
    return pieces


def halve(text: str, closed: Sequence[tuple[int, int]] = ()) -> tuple[int, bool] | None:
    """The best place to cut `text` in two, and whether the cut ends a clause, so that a comma belongs there.

    Cuts come at punctuation or before a conjunction, never inside one of the `closed` spans. None if there is none.
    """
    places = _places(text)
    size = max(len(text), 1)
    best: tuple[float, int, bool] | None = None
    for offset, cost in zip(places.offsets, places.costs, strict=True):
        if cost > _CLAUSE or not text[:offset].strip() or not text[offset:].strip():
            continue
        if any(a < offset < b for a, b in closed):
            continue
        price = cost + 1.6 * abs(offset / size - 0.5)
        if best is None or price < best[0]:
            best = price, offset, not text[offset - 1].isalnum()
    return best and (best[1], best[2])


def abut(left: str, right: str) -> str:
    """Two translated parts of one clause with nothing between them: the left one's full stop goes."""
    body = left.rstrip(" 。．.！!？?,，;；…、")
    left = body or left.strip()
    right = right.lstrip("，。；、：,;: ") if left else right.strip()
    gap = (
        bool(left and right) and left[-1].isascii() and right[0].isascii() and left[-1].isalnum() and right[0].isalnum()
    )
    return f"{left} {right}" if gap else left + right


def join(parts: list[str]) -> str:
    """Join the Chinese translations of a sentence's pieces into one sentence.

    A piece that is not the last ends in a comma unless it ends in `；`, `：` or a dash: no full stop inside.
    """
    kept = [part.strip() for part in parts]
    kept = [part for part in kept if part]
    joined = [_open_end(part) for part in kept[:-1]] + kept[-1:]
    return "".join([*joined[:1], *(part.lstrip("，。；、：,.;: ") for part in joined[1:])])


def _open_end(part: str) -> str:
    body = part.rstrip("”’」』）)】》 ")
    closers = part[len(body) :].strip()
    if body.endswith(("，", "；", "：", "、", "—")) and not closers:
        return body
    body = body.rstrip("。．.！!？?,，;；…") or body
    return f"{body}{closers}，"


class _Places:
    """The offsets of every possible cut, in order, and what each costs."""

    def __init__(self, cost: dict[int, float]) -> None:
        self.offsets = sorted(cost)
        self.costs = [cost[offset] for offset in self.offsets]


def _places(text: str) -> _Places:
    cost: dict[int, float] = {}
    for pattern, price in _BREAKS:
        for match in pattern.finditer(text):
            cost.setdefault(match.end(), price)
    offsets = sorted(cost)
    for match in _QUOTED.finditer(text):
        for i in range(bisect_left(offsets, match.start() + 1), bisect_left(offsets, match.end())):
            cost[offsets[i]] += _IN_QUOTES
    for match in _MASK.finditer(text):
        for offset in range(match.start() + 1, match.end()):
            cost.pop(offset, None)
    return _Places(cost)


def _cut(text: str, start: int, end: int, places: _Places) -> int | None:
    """The best place to cut text[start:end]; None when it is a single mask or character."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    low, high = bisect_left(places.offsets, start + 1), bisect_left(places.offsets, end)
    size = end - start

    def price(i: int) -> float:
        return places.costs[i] + 1.6 * abs((places.offsets[i] - start) / size - 0.5)

    if low < high:
        return places.offsets[min(range(low, high), key=price)]
    middle = start + size // 2
    for match in _MASK.finditer(text, start, end):
        if match.start() < middle < match.end():
            middle = match.end() if match.end() < end else match.start()
    return middle if start < middle < end else None
