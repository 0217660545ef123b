"""Which occurrence of a form in a target answers to which term of the source.

Every term in the source wants an occurrence of its own: `the U.S. Congress and the U.S.` wants 美国国会 and another
美国. Long forms are served first, then terms with the same forms in the order of the sentence, so that of two mentions
the one that the target left out is named; a term left without is served by moving another term to a form elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.glossary.occurrences import Text, overlap
from pipeline.model import TermHit, Use

Span = tuple[int, int]
_MOST = 100  # slots in which moving others is tried: no sentence has more terms, and a hostile text must not take hours
_CELLS = 10_000  # of the table that pairs mentions with occurrences by their places; larger ones are paired in order


@dataclass(frozen=True, slots=True)
class Answer:
    """A span of the target, the hit that it answers to, and which of the hit's forms stands there."""

    start: int
    end: int
    hit: TermHit
    form: int  # place in the hit's forms, 0: the preferred one


class _Option(NamedTuple):
    start: int
    end: int
    which: int  # of the slot's hits
    form: int


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
    wanted = slots(hits)
    options = _options(target, [[forms(hits[place], locale) for place in places] for places in wanted])
    extent = max((hit.end for hit in hits), default=1)
    starts = [hits[places[0]].start / extent for places in wanted]
    taken = _in_order(options, starts, len(target))
    if len(wanted) <= _MOST:
        for slot in range(len(wanted)):
            if slot not in taken:
                _serve(slot, options, taken, {slot})
    answers = {}
    for slot, option in taken.items():
        place = wanted[slot][option.which]
        answers[place] = Answer(option.start, option.end, hits[place], option.form)
    return answers


def _options(target: str, wanted: Sequence[Sequence[Sequence[str]]]) -> list[list[_Option]]:
    """Where the forms of each slot stand; slots with the same forms share one list."""
    text = Text(target)
    known: dict[str, list[Span]] = {}
    lists: dict[tuple[tuple[str, ...], ...], list[_Option]] = {}
    options = []
    for senses in wanted:
        key = tuple(map(tuple, senses))
        if key not in lists:
            for form in (form for sense in senses for form in sense):
                if form not in known:
                    known[form] = list(text.find(form))
            lists[key] = [
                _Option(start, end, which, number)
                for which, sense in enumerate(senses)
                for number, form in enumerate(sense)
                for start, end in known[form]
            ]
        options.append(lists[key])
    return options


def _in_order(options: Sequence[list[_Option]], starts: Sequence[float], length: int) -> dict[int, _Option]:
    """Serve the terms with the longest forms first, and slots with the same occurrences together, in order."""
    groups: dict[int, list[int]] = {}
    for slot, found in enumerate(options):
        if found:
            groups.setdefault(id(found), []).append(slot)
    taken: dict[int, _Option] = {}
    busy = bytearray(length)
    for members in sorted(groups.values(), key=lambda m: (-_longest(options[m[0]]), m)):
        found = options[members[0]]
        mine = bytearray(busy)
        free: list[_Option] = []
        for option in sorted(found, key=lambda o: (o.start - o.end, o.start, o.which, o.form)):
            if 1 not in mine[option.start : option.end]:
                free.append(option)
                mine[option.start : option.end] = b"\1" * (option.end - option.start)
        free.sort()
        for slot, option in _pairs(members, free, starts, length):
            taken[slot] = option
            busy[option.start : option.end] = b"\1" * (option.end - option.start)
    return taken


def _longest(found: Iterable[_Option]) -> int:
    return max(option.end - option.start for option in found)


def _pairs(
    members: Sequence[int], free: Sequence[_Option], starts: Sequence[float], length: int
) -> list[tuple[int, _Option]]:
    """As many members with occurrences as there are, in order; where one side is short, so that places lie nearest.

    Places are relative: the first of three mentions against the first third of the target. Dynamic programming over
    (short side used, long side seen); the short side is wholly used.
    """
    mentions = [starts[slot] for slot in members]
    places = [option.start / length for option in free]
    swapped = len(members) > len(free)
    few, many = (places, mentions) if swapped else (mentions, places)
    chosen = range(len(few)) if len(few) * len(many) > _CELLS or len(few) == len(many) else _nearest(few, many)
    if swapped:
        return [(members[far], free[near]) for near, far in enumerate(chosen)]
    return [(members[near], free[far]) for near, far in enumerate(chosen)]


def _nearest(few: Sequence[float], many: Sequence[float]) -> list[int]:
    """For each of the few, in order, one of the many, so that the sum of distances is least."""
    infinite = float("inf")
    cost = [[0.0] * (len(many) + 1)] + [[infinite] * (len(many) + 1) for _ in few]
    for row, here in enumerate(few, 1):
        for column, there in enumerate(many, 1):
            cost[row][column] = min(cost[row][column - 1], cost[row - 1][column - 1] + abs(here - there))
    chosen = []
    column = len(many)
    for row in range(len(few), 0, -1):
        while cost[row][column] == cost[row][column - 1]:
            column -= 1
        column -= 1
        chosen.append(column)
    return chosen[::-1]


def _serve(
    slot: int, options: Sequence[Sequence[_Option]], taken: dict[int, _Option], asked: set[int], left: Span = (0, 0)
) -> bool:
    """Find an occurrence for a slot, moving one other slot elsewhere if that is what it takes.

    Elsewhere is outside the span that it leaves: 国会 within 美国国会 is no second mention.
    """
    for option in sorted(options[slot], key=lambda option: option.start - option.end):
        span = option.start, option.end
        if overlap(span, left):
            continue
        rivals = [other for other, its in taken.items() if overlap(span, (its.start, its.end))]
        if len(rivals) > 1 or any(rival in asked for rival in rivals):
            continue
        before: Mapping[int, _Option] = dict(taken)
        moved = {rival: taken.pop(rival) for rival in rivals}
        taken[slot] = option
        if all(_serve(r, options, taken, {*asked, r}, (its.start, its.end)) for r, its in moved.items()):
            return True
        taken.clear()
        taken.update(before)
    return False
