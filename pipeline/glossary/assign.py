"""Which occurrence of a form in a target answers to which term of the source.

Every term in the source wants an occurrence of its own: `the U.S. Congress and the U.S.` wants 美国国会 and another
美国. Long forms are served first, then terms with the same forms in the order of the sentence, so that of two mentions
the one that the target left out is named; a term left without is served by moving another term to a form elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.glossary.occurrences import Text, overlap
from pipeline.model import TermHit, Use

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Answer:
    """A span of the target, the hit that it answers to, and which of the hit's forms stands there."""

    start: int
    end: int
    hit: TermHit
    form: int  # place in the hit's forms, 0: the preferred one


def forms(hit: TermHit, locale: str) -> tuple[str, ...]:
    """The forms that a hit accepts, preferred first."""
    known = hit.term.targets.get(locale, ())
    return known if hit.target in known else (hit.target, *known)


def slots(hits: Sequence[TermHit]) -> list[list[int]]:
    """The places in `hits` that want one occurrence together: the open senses of one span; every other hit alone."""
    found: dict[object, list[int]] = {}
    for place, hit in enumerate(hits):
        found.setdefault((hit.start, hit.end) if hit.use is Use.OPEN else place, []).append(place)
    return list(found.values())


def assign(target: str, hits: Sequence[TermHit], locale: str) -> dict[int, Answer]:
    """The answers, by place in `hits`; of the open senses of one span at most one is answered."""
    text = Text(target)
    wanted = slots(hits)
    options: list[list[Answer]] = []
    for places in wanted:
        found = []
        for place in places:
            for number, form in enumerate(forms(hits[place], locale)):
                found += [Answer(start, end, hits[place], number) for start, end in text.find(form)]
        options.append(found)
    taken: dict[int, Answer] = {}
    _in_order(options, taken)
    for slot in range(len(options)):
        if slot not in taken:
            _serve(slot, options, taken, {slot})
    answers = {}
    for slot, answer in taken.items():
        place = next(place for place in wanted[slot] if hits[place] is answer.hit)
        answers[place] = answer
    return answers


def _in_order(options: Sequence[Sequence[Answer]], taken: dict[int, Answer]) -> None:
    """Serve the terms with the longest forms first, and slots with the same occurrences together, in order."""
    groups: dict[tuple[Span, ...], list[int]] = {}
    for slot, found in enumerate(options):
        if found:
            groups.setdefault(tuple(sorted({(answer.start, answer.end) for answer in found})), []).append(slot)
    for spans in sorted(groups, key=lambda spans: (-max(end - start for start, end in spans), spans)):
        members = groups[spans]
        free: list[Span] = []
        for span in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
            if not any(overlap(span, other) for other in free) and not any(
                overlap(span, (other.start, other.end)) for other in taken.values()
            ):
                free.append(span)
        for slot, span in _pairs(members, sorted(free), options):
            taken[slot] = next(answer for answer in options[slot] if (answer.start, answer.end) == span)


def _pairs(members: Sequence[int], free: Sequence[Span], options: Sequence[Sequence[Answer]]) -> list[tuple[int, Span]]:
    """As many members with spans as there are, in order; where one side is short, so that places lie nearest.

    Places are relative: the first of three mentions against the first third of the target. Dynamic programming over
    (members served, spans used), the shorter side wholly used.
    """
    few, many = (members, free) if len(members) <= len(free) else (free, members)
    if len(few) == len(many):
        return list(zip(members, free, strict=True))
    ends = [options[slot][0].hit.start for slot in members]
    width = max(ends) + 1, max((end for _, end in free), default=0) + 1
    at_members = [start / width[0] for start in ends]
    at_spans = [start / width[1] for start, _ in free]
    a, b = (at_members, at_spans) if few is members else (at_spans, at_members)
    never: tuple[float, tuple[int, ...]] = (float("inf"), ())
    best = [(0.0, never[1]), *[never] * len(few)]
    for column in range(len(many)):
        for row in range(min(column + 1, len(few)), 0, -1):
            cost = best[row - 1][0] + abs(a[row - 1] - b[column])
            if cost < best[row][0]:
                best[row] = cost, (*best[row - 1][1], column)
    chosen = best[len(few)][1]
    if few is members:
        return [(slot, free[column]) for slot, column in zip(members, chosen, strict=True)]
    return [(members[column], span) for column, span in zip(chosen, free, strict=True)]


def _serve(
    slot: int, options: Sequence[Sequence[Answer]], taken: dict[int, Answer], asked: set[int], left: Span = (0, 0)
) -> bool:
    """Find an occurrence for a slot, moving one other slot elsewhere if that is what it takes.

    Elsewhere is outside the span that it leaves: 国会 within 美国国会 is no second mention.
    """
    for answer in sorted(options[slot], key=lambda answer: answer.start - answer.end):
        span = answer.start, answer.end
        if overlap(span, left):
            continue
        rivals = [other for other, its in taken.items() if overlap(span, (its.start, its.end))]
        if len(rivals) > 1 or any(rival in asked for rival in rivals):
            continue
        before: Mapping[int, Answer] = dict(taken)
        moved = {rival: taken.pop(rival) for rival in rivals}
        taken[slot] = answer
        if all(_serve(r, options, taken, {*asked, r}, (its.start, its.end)) for r, its in moved.items()):
            return True
        taken.clear()
        taken.update(before)
    return False
