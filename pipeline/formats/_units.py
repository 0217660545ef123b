"""From the runs of a block to units: sentences are found, their markup becomes numbered tags.

A pair of markup that encloses whole sentences is left out of them as layout. One that begins in one sentence and ends
in another joins the two to one unit: broken markup is never made. Marks that stand alone between sentences (a
footnote's number, a line break) stay where they are as layout.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from pipeline.formats._runs import Block, Run, offsets
from pipeline.model import Gap, Kind, Mark, Part, Unit
from pipeline.text import tags
from pipeline.text.tags import Role

Span = tuple[int, int]
Segmenter = Callable[[str], Sequence[Span]]

_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]"
)
_PASSES = 8  # joining two sentences may call for joining a third; a block that needs more is kept whole


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two runs that open and close the same markup, by index, and the text between them, by offset."""

    first: int
    last: int
    start: int
    end: int
    parent: int  # the index of the enclosing pair, -1 for none


def units(block: Block, paragraph: int, segmenter: Segmenter) -> list[Part]:
    """Cut a block into units and the layout around them, in order; their raws join to the block's."""
    runs, pairs = _paired(block.runs)
    text = "".join(run.text for run in runs)
    if not any(map(str.isalpha, text)) and block.kind is not Kind.DATE:
        return _joined([part for run in runs for part in _layout(run)])
    spans = _whole(text) if block.whole else _lettered(text, segmenter(_flat(text)))
    spans, inside = _settle(runs, pairs, spans, edges=block.edges)
    return _joined(_cut(runs, spans, inside, block.kind, paragraph))


def fold(text: str) -> str:
    """White space folded to single spaces and trimmed, characters that nobody sees left out."""
    return " ".join(_INVISIBLE.sub("", text).split())


def _flat(text: str) -> str:
    """The same text, of the same length, with plain spaces: within a block a line break means nothing."""
    return re.sub(r"\s", " ", text)


def _whole(text: str) -> list[Span]:
    return [(len(text) - len(text.lstrip()), len(text.rstrip()))]


def _lettered(text: str, spans: Sequence[Span]) -> list[Span]:
    """Join what has no letter ("2.", "— —") to the sentence before it, or to the first."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and not (_has_letter(text, (start, end)) and _has_letter(text, joined[-1])):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _has_letter(text: str, span: Span) -> bool:
    return any(char.isalpha() for char in text[span[0] : span[1]])


def _paired(runs: Sequence[Run]) -> tuple[list[Run], list[_Pair]]:
    """Match what opens with what closes. Markup without its other half, or without text, becomes a mark alone."""
    partner = _partners(runs)
    flat: list[Run] = []
    index_of: dict[int, int] = {}
    skip = -1
    has_text = offsets(runs)
    for index, run in enumerate(runs):
        if index <= skip:
            continue
        other = partner.get(index)
        if run.role is Role.OPEN and other is not None and has_text[index] == has_text[other]:
            skip = other
            inner = runs[index : other + 1]
            raw = "".join(each.raw for each in inner)
            parts = tuple(part for each in inner for part in _layout(each))
            put = "".join(each.put for each in inner)
            kind = "x" if any(each.kind for each in inner) else ""
            flat.append(Run(raw, "", Role.ALONE, kind, put, parts, hoist=all(each.hoist for each in inner)))
        elif run.role in {Role.OPEN, Role.CLOSE} and other is None:
            flat.append(replace(run, role=Role.ALONE, kind=run.kind and "x"))
        else:
            index_of[index] = len(flat)
            flat.append(run)
    kept = {index_of[a]: index_of[b] for a, b in partner.items() if a < b and a in index_of and b in index_of}
    return flat, _pairs(flat, kept)


def _partners(runs: Sequence[Run]) -> dict[int, int]:
    partner: dict[int, int] = {}
    stack: list[int] = []
    opened: Counter[str] = Counter()
    for index, run in enumerate(runs):
        if run.role is Role.OPEN:
            stack.append(index)
            opened[run.kind] += 1
        elif run.role is Role.CLOSE and opened[run.kind]:
            while runs[stack[-1]].kind != run.kind:
                opened[runs[stack.pop()].kind] -= 1
            opened[run.kind] -= 1
            partner[index] = stack[-1]
            partner[stack.pop()] = index
    return partner


def _pairs(runs: Sequence[Run], partner: dict[int, int]) -> list[_Pair]:
    """The pairs, outer before inner."""
    starts = offsets(runs)
    pairs: list[_Pair] = []
    enclosing: list[int] = []
    for first in sorted(partner):
        while enclosing and pairs[enclosing[-1]].last < first:
            enclosing.pop()
        pairs.append(
            _Pair(first, partner[first], starts[first], starts[partner[first]], enclosing[-1] if enclosing else -1)
        )
        enclosing.append(len(pairs) - 1)
    return pairs


def _settle(
    runs: Sequence[Run], pairs: Sequence[_Pair], spans: Sequence[Span], *, edges: bool
) -> tuple[list[Span], dict[int, list[_Pair]]]:
    """Join sentences until every pair lies inside one or around some; and say which pairs lie inside which."""
    starts = offsets(runs)
    firm = [(starts[i], starts[i + 1]) for i, run in enumerate(runs) if len(run.text) > 1 and not run.plain]
    spans = _join_over(list(spans), firm)
    for _ in range(_PASSES):
        inside, broken = _placed(runs, pairs, spans, edges=edges)
        if not broken:
            return spans, inside
        spans = _join_over(spans, broken)
    whole = [(spans[0][0], spans[-1][1])]
    return whole, _placed(runs, pairs, whole, edges=edges)[0]


def _placed(
    runs: Sequence[Run], pairs: Sequence[_Pair], spans: Sequence[Span], *, edges: bool
) -> tuple[dict[int, list[_Pair]], list[Span]]:
    begins, ends = [span[0] for span in spans], [span[1] for span in spans]
    inside: dict[int, list[_Pair]] = {}
    broken: list[Span] = []
    left_out: list[bool] = []
    for pair in pairs:
        low, high = bisect_right(ends, pair.start), bisect_left(begins, pair.end) - 1
        around = low <= high and pair.start <= begins[low] and pair.end >= ends[high]
        free = runs[pair.first].hoist and runs[pair.last].hoist and (pair.parent < 0 or left_out[pair.parent])
        if edges:
            free = free and pair.start <= begins[0] and pair.end >= ends[-1]
        hoisted = (around and free) or (low > high and (pair.parent < 0 or left_out[pair.parent]))
        left_out.append(hoisted)
        if hoisted or low > high:  # white space alone inside: it goes where its surroundings go
            continue
        if low < high:
            broken.append((begins[low], ends[high]))
        inside.setdefault(low, []).append(pair)
    return inside, broken


def _join_over(spans: Sequence[Span], stretches: Sequence[Span]) -> list[Span]:
    """Join the spans that one stretch of text overlaps. Stretches may overlap each other and come in any order."""
    joined: list[Span] = []
    waiting = sorted(stretches, reverse=True)
    reach = -1  # where the stretches seen so far end
    for start, end in spans:
        while waiting and joined and waiting[-1][0] < joined[-1][1]:
            reach = max(reach, waiting.pop()[1])
        if joined and reach > start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _cut(
    runs: Sequence[Run], spans: Sequence[Span], inside: dict[int, list[_Pair]], kind: Kind, paragraph: int
) -> list[Part]:
    starts = offsets(runs)
    texts = [index for index, run in enumerate(runs) if run.text]
    begins = [starts[index] for index in texts]
    parts: list[Part] = []
    at = (0, 0)  # a run's index and an offset in it
    for number, (start, end) in enumerate(spans):
        pairs = inside.get(number, [])
        first = texts[bisect_right(begins, start) - 1]
        last = texts[bisect_left(begins, end) - 1]
        low = min([first, *(pair.first for pair in pairs)])
        high = max([last, *(pair.last for pair in pairs)])
        begin = (low, start - starts[first] if low == first and runs[first].plain else 0)
        stop = (high, end - starts[last]) if high == last and runs[last].plain else (high + 1, 0)
        for run in _between(runs, at, begin):
            parts += _layout(run, gap=number > 0)
        parts.append(_unit(_between(runs, begin, stop), kind, paragraph))
        at = stop
    for run in _between(runs, at, (len(runs), 0)):
        parts += _layout(run)
    return parts


def _between(runs: Sequence[Run], start: tuple[int, int], end: tuple[int, int]) -> list[Run]:
    """The runs between two places, the first and the last cut where need be."""
    if start >= end:
        return []
    (low, skip), (high, keep) = start, end
    if low == high:
        return [_slice(runs[low], skip, keep)]
    found = [_slice(runs[low], skip, None), *runs[low + 1 : high]]
    return [*found, _slice(runs[high], 0, keep)] if keep else found


def _slice(run: Run, start: int, end: int | None) -> Run:
    """A part of a run of text; each is cut out once, for the runs may be long and many."""
    if not start and end is None:
        return run
    return Run(run.raw[start:end], run.text[start:end])


def _layout(run: Run, *, gap: bool = False) -> list[Part]:
    if run.parts:
        return list(run.parts)
    if not run.raw:
        return []
    return [Gap(run.raw) if gap and run.role is Role.TEXT and not run.text.strip() else run.raw]


def _unit(runs: Sequence[Run], kind: Kind, paragraph: int) -> Unit:
    source: list[str] = []
    marks: list[Mark] = []
    literal: list[str] = []
    opened: list[str] = []

    def tag(form: str) -> None:
        source.append(_literal(literal))
        literal.clear()
        source.append(form)

    partner = _partners(runs)
    for index, run in enumerate(runs):
        if run.role is Role.TEXT:
            literal.append(run.text)
        elif not run.kind:
            continue
        elif run.role is Role.CLOSE:
            tag(f"</{opened.pop()}>")
        else:
            name = f"{run.kind}{len(marks) + 1}"
            close = runs[partner[index]].put if run.role is Role.OPEN else None
            marks.append(Mark(name, run.put, close))
            if run.role is Role.OPEN:
                opened.append(name)
            tag(f"<{name}/>" if close is None else f"<{name}>")
    source.append(_literal(literal))
    raw = "".join(run.raw for run in runs)
    return Unit(fold("".join(source)), raw, kind, marks=tuple(marks), paragraph=paragraph)


def _literal(texts: Sequence[str]) -> str:
    """Text for a source. What nobody sees goes first: it could hide a look-alike of a tag from `escape`."""
    return tags.escape(_INVISIBLE.sub("", "".join(texts)))


def _joined(parts: Sequence[Part]) -> list[Part]:
    """Join neighbouring layout of one sort."""
    joined: list[Part] = []
    for sort, group in groupby(parts, key=type):
        if sort is str:
            joined.append("".join(map(str, group)))
        elif sort is Gap:
            joined.append(Gap("".join(map(str, group))))
        else:
            joined += group
    return joined
