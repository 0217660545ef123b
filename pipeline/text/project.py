"""Inline tags carried from a source sentence to its translation along the attention between their tokens.

A tag's place in the target is the run of tokens that looks most at the tag's words: the interval with the largest sum
of (share of attention on those words - a threshold), found in one pass (Kadane's algorithm). Tags that nest in the
source nest in the target, siblings stay apart, and every tag is written exactly once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.text.mask import TagSpan

Range = tuple[int, int]

_SHARE = 0.4  # of a token's attention that must lie on a tag's words for the token to belong to it
_UNALIGNED = -0.05  # a token that looks nowhere neither joins nor splits an interval
_DEEPEST = 64  # levels of nesting that are kept; deeper tags become siblings
_OPENING, _CLOSING = "“‘「『《〈（(【[\"'", "”’」』》〉）)】]\"'"
_PUNCTUATION = "，。；：、！？,.;:!?… \u3000"


@dataclass(frozen=True, slots=True)
class Alignment:
    """How much each target token looks at each source token.

    `source` and `target` are the tokens' (start, end) character offsets, in order; `weights` has a row for each target
    token and a column for each source token, not negative. Rows need not sum to 1.
    """

    source: Sequence[Range]
    target: Sequence[Range]
    weights: Sequence[Sequence[float]]

    @classmethod
    def of_pairs(cls, pairs: Iterable[tuple[Range, Range]]) -> Alignment:
        """Make a hard alignment of (source range, target range) pairs."""
        links = set(pairs)
        source = sorted({s for s, _ in links})
        target = sorted({t for _, t in links})
        return cls(source, target, [[float((s, t) in links) for s in source] for t in target])


@dataclass(slots=True)
class _Node:
    span: TagSpan
    place: Range = (0, 0)  # in the target's characters
    children: list[_Node] = field(default_factory=list)


def project(source: str, spans: Sequence[TagSpan], alignment: Alignment, target: str) -> str:
    """Write the tags of `spans`, which lie in `source` without its tags, into `target`.

    The result is well-formed and has every tag exactly once, whatever the alignment is worth. Raises ValueError when
    the weights do not have the shape that the tokens say.
    """
    rows, columns = len(alignment.target), len(alignment.source)
    if len(alignment.weights) != rows or any(len(row) != columns for row in alignment.weights):
        message = f"the weights of an alignment of {rows} target and {columns} source tokens must have that shape"
        raise ValueError(message)
    roots = _tree(spans)
    whole = (0, len(target))
    stack = [(roots, whole)]
    while stack:
        siblings, room = stack.pop()
        _place(siblings, room, source, alignment, target)
        stack += [(node.children, node.place) for node in siblings]
    return _render(roots, whole, target)


def _tree(spans: Sequence[TagSpan]) -> list[_Node]:
    """Spans in order of opening as a forest; one that would cross its neighbour becomes its sibling."""
    roots: list[_Node] = []
    path: list[_Node] = []
    for span in spans:
        while path and not (path[-1].span.start <= span.start and span.end <= path[-1].span.end):
            path.pop()
        node = _Node(span)
        (path[-1].children if path else roots).append(node)
        if not span.empty and len(path) < _DEEPEST:
            path.append(node)
    return roots


def _place(siblings: list[_Node], room: Range, source: str, alignment: Alignment, target: str) -> None:
    """Give every sibling a place inside `room`: those with the most attention choose first."""
    taken: list[Range] = []
    wanted = [(*_wanted(node.span, room, source, alignment, target), node) for node in siblings if not node.span.empty]
    for score, shares, node in sorted(wanted, key=lambda x: -x[0]):
        del score
        node.place = _best(shares, room, taken, words=source[node.span.start : node.span.end], target=target)
        taken.append(node.place)
    for node in siblings:
        if node.span.empty:
            at = min(max(_point(node.span.start, source, alignment, target), room[0]), room[1])
            at = next((right for left, right in taken if left < at < right), at)
            node.place = (at, at)


def _wanted(
    span: TagSpan, room: Range, source: str, alignment: Alignment, target: str
) -> tuple[float, list[tuple[Range, float]]]:
    """How much attention lies on a span in all, and the score of each target token in `room`."""
    inside = [2 * (min(e, span.end) - max(s, span.start)) >= max(e - s, 1) for s, e in alignment.source]
    if not source[: span.start].strip() and not source[span.end :].strip():
        return float("inf"), [(room, 1.0)]
    shares = []
    for place, row in zip(alignment.target, alignment.weights, strict=True):
        if not (room[0] <= place[0] <= place[1] <= room[1]) or not target[slice(*place)].strip():
            continue
        total = sum(row)
        on = sum(weight for weight, here in zip(row, inside, strict=True) if here)
        shares.append((place, on / total - _SHARE if total > 0 else _UNALIGNED))
    return sum(score + _SHARE for _, score in shares), shares


def _best(shares: list[tuple[Range, float]], room: Range, taken: list[Range], *, words: str, target: str) -> Range:
    """The interval with the largest sum that touches no sibling; an empty one where nothing is free."""
    best, most = None, float("-inf")
    start, total, last = room[0], 0.0, room[0]
    for (left, right), score in shares:
        if right <= left or any(left < b and a < right for a, b in taken):
            total = 0.0
            continue
        if total <= 0 or any(last <= a and b <= left for a, b in taken if a < b):
            start, total = left, 0.0
        total, last = total + score, right
        if total > most:
            best, most = (start, right), total
    if best is None:
        at = max([room[0], *(b for _, b in taken)])
        return at, at
    return _tidy(best, room, taken, words, target)


def _tidy(place: Range, room: Range, taken: list[Range], words: str, target: str) -> Range:
    """Quotation marks and punctuation at the edges: inside the tag only where the source has them inside."""
    left, right = place
    while left < right - 1 and target[left] in _PUNCTUATION:
        left += 1
    while left < right - 1 and target[right - 1] in _PUNCTUATION and words.rstrip()[-1:] != target[right - 1]:
        if words.rstrip()[-1:] in ".!?" and target[right - 1] in "。！？":
            break
        right -= 1
    quoted = words[:1] in _OPENING and words[-1:] in _CLOSING if words else False
    if not quoted:
        if right - left > 1 and target[left] in _OPENING and target[left + 1 : right].count(_pair(target[left])) == 0:
            left += 1
        if (
            right - left > 1
            and target[right - 1] in _CLOSING
            and _opened(target[right - 1]) not in target[left : right - 1]
        ):
            right -= 1
    elif left > room[0] and right < room[1] and target[left - 1] in _OPENING and target[right] in _CLOSING:
        wider = (left - 1, right + 1)
        if not any(wider[0] < b and a < wider[1] for a, b in taken):
            return wider
    return left, right


def _pair(opening: str) -> str:
    return _CLOSING[_OPENING.index(opening)]


def _opened(closing: str) -> str:
    return _OPENING[_CLOSING.index(closing)]


def _point(offset: int, source: str, alignment: Alignment, target: str) -> int:
    """Where a mark at a source offset goes: after the token that its forerunner is aligned to."""
    if not source[offset:].strip():
        return len(target)
    if not source[:offset].strip():
        return 0
    before = [i for i, (start, end) in enumerate(alignment.source) if end <= offset and start < end]
    if not before:
        return 0
    column = [row[before[-1]] for row in alignment.weights]
    if not any(column):
        return round(len(target) * offset / max(len(source), 1))
    return alignment.target[max(range(len(column)), key=column.__getitem__)][1]


def _render(nodes: list[_Node], room: Range, target: str) -> str:
    parts: list[str] = []
    here = room[0]
    for node in sorted(nodes, key=lambda node: node.place):
        left, right = node.place
        parts.append(target[here:left])
        name = node.span.name
        parts.append(
            f"<{name}/>" if node.span.empty else f"<{name}>{_render(node.children, node.place, target)}</{name}>"
        )
        here = right
    return "".join((*parts, target[here : room[1]]))
