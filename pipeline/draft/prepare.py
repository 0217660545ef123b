"""From a unit's source to pieces for the engine: paired tags out, what must survive masked, long sentences split."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.engine import Constraint, Engine
from pipeline.glossary.apply import BASE
from pipeline.model import SUGGESTED, Kind, Term, TermHit, Unit, Use
from pipeline.text import clauses, mask
from pipeline.text.affiliation import COMMA
from pipeline.text.figures.quantities import quantities

FIGURE = "figure"  # the part of speech of a figure that is enforced like a term
UNPROMISED = frozenset({FIGURE, SUGGESTED})


@dataclass(frozen=True, slots=True)
class Piece:
    """What goes to the engine as one. `start` is its place in the masked text; `terms` index the unit's.

    `group` numbers the stretch between two masks that it is of, where the text is cut at masks. A `tight` piece goes
    on within the clause of the piece before it. `named` is a request's: a person or an office, not a sentence.
    """

    text: str
    start: int
    group: int
    constraints: tuple[Constraint, ...]
    terms: tuple[int, ...]
    tight: bool = False
    named: bool = False

    def part(self, start: int, end: int, *, tight: bool) -> Piece | None:
        """The piece of `text[start:end]`, without white space around it; None if there is nothing else."""
        text = self.text[start:end]
        start += len(text) - len(text.lstrip())
        text = text.strip()
        if not text:
            return None
        kept = [
            (replace(c, start=c.start - start, end=c.end - start), i)
            for c, i in zip(self.constraints, self.terms, strict=True)
            if start <= c.start and c.end <= start + len(text)
        ]
        constraints, terms = tuple(c for c, _ in kept), tuple(i for _, i in kept)
        return Piece(text, self.start + start, self.group, constraints, terms, tight, self.named)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A unit on its way through the engine. `tags` have offsets in `masked.text`.

    `hits` are the unit's terms, and behind them the figures that have a form by rule and what the engine suggests:
    these are enforced like terms, but nobody promised them, so no sentence is cut up for their sake.
    """

    unit: Unit
    hits: tuple[TermHit, ...]
    masked: mask.Masked
    tags: tuple[mask.TagSpan, ...]
    pieces: tuple[Piece, ...]
    cut: bool


class _Offsets:
    """Maps offsets across cuts: each cut replaces `[start, end)` of the old text by something `length` long."""

    def __init__(self, cuts: Sequence[tuple[int, int, int]]) -> None:
        self._starts = [c[0] for c in cuts]
        self._cuts, self._shifts, shift = cuts, [0], 0
        for start, end, length in cuts:
            shift += length - (end - start)
            self._shifts.append(shift)

    def __call__(self, at: int) -> int:
        index = bisect_right(self._starts, at)
        if index:
            start, end, _ = self._cuts[index - 1]
            if start < at < end:  # inside what was cut: its beginning
                return start + self._shifts[index - 1]
            if at < end:
                return at + self._shifts[index - 1]
        return at + self._shifts[index]


def named(unit: Unit) -> bool:
    """Whether a unit is a person's name or office, whose capitals are no headline's."""
    return unit.kind in {Kind.AUTHOR, Kind.AFFILIATION}


def prepare(unit: Unit, engine: Engine, locale: str, *, cut: bool = False) -> Prepared:
    """Make `unit` ready for `engine`, to be translated to `locale`.

    With `cut` (or where the engine knows no way to write a mask) the text is cut at its masks, so that none is at
    risk. A term that lies across a mask or a split is left to the repair afterwards.
    """
    paired = [m.name for m in unit.marks if m.close is not None]
    alone = [m.name for m in unit.marks if m.close is None]
    bare, spans = mask.tags(unit.source, paired)
    to_bare = _tag_offsets(unit.source, {s.name for s in spans})
    symbol = engine.mask or mask.SYMBOL
    masked = mask.protect(bare, alone, symbol=symbol)
    to_masked, places = _mask_offsets(masked)
    hits = [(to_masked(to_bare(h.start)), to_masked(to_bare(h.end))) for h in unit.terms]
    free = _enforceable(unit.terms, hits, places)
    figures = _figures(masked.text, locale)
    said = {i for i in free if any(_says(figure, unit.terms[i], *hits[i], locale) for figure in figures)}
    free = [i for i in free if i not in said]
    taken = [span for i, span in enumerate(hits) if i not in said] + places
    unpromised = [n for n in figures if not any(n.start < b and a < n.end for a, b in taken)]
    taken += [(n.start, n.end) for n in unpromised]
    unpromised += _suggested(masked.text, engine, locale, taken, unit)
    free += range(len(hits), len(hits) + len(unpromised))
    hits += [(n.start, n.end) for n in unpromised]
    every = (*unit.terms, *unpromised)
    tags = tuple(mask.TagSpan(s.name, to_masked(s.start), to_masked(s.end), s.empty) for s in spans)
    cut = bool(places) and (cut or not engine.mask)
    texts = list(mask.pieces(masked.text, masked))[::2] if cut else [masked.text]
    pieces, here = [], 0
    for group, whole in enumerate(texts):
        if cut and group:
            here = places[group - 1][1]
        for text in _parts(whole) if unit.kind is Kind.AFFILIATION else _split(whole, engine):
            start = masked.text.index(text, here)
            here = start + len(text)
            inside = tuple(i for i in free if start <= hits[i][0] and hits[i][1] <= here)
            constraints = tuple(_constraint(every[i], *hits[i], start) for i in inside)
            pieces.append(Piece(text, start, group, constraints, inside, named=named(unit)))
    return Prepared(unit, every, masked, tags, tuple(pieces), cut)


def _says(figure: TermHit, term: TermHit, start: int, end: int, locale: str) -> bool:
    """Whether a figure has a term within it (`40 million yuan`), and says it as well (4000万元)."""
    forms = term.term.targets.get(locale, ())
    return figure.start < start and end <= figure.end and any(form in figure.target for form in forms)


def _figures(text: str, locale: str) -> list[TermHit]:
    """The figures of the masked text; empty for a locale whose figures no rule here knows."""
    if locale != BASE:
        return []
    return [
        TermHit(q.start, q.end, Term(text[q.start : q.end], {locale: q.forms}, pos=FIGURE), q.forms[0])
        for q in quantities(text)
    ]


def _constraint(hit: TermHit, start: int, end: int, piece: int) -> Constraint:
    """The constraint of a hit that stands at these places of the masked text, in a piece that begins at `piece`."""
    return Constraint(start - piece, end - piece, hit.target, soft=hit.term.pos == SUGGESTED)


def _suggested(text: str, engine: Engine, locale: str, taken: Sequence[tuple[int, int]], unit: Unit) -> list[TermHit]:
    """What the engine's lexicon knows of the masked text; its targets are those of the base locale."""
    if locale != BASE:
        return []
    return [
        TermHit(c.start, c.end, Term(text[c.start : c.end], {locale: (c.target,)}, pos=SUGGESTED), c.target)
        for c in engine.suggest(text, taken, named=named(unit))
    ]


def _enforceable(
    terms: Sequence[TermHit], spans: Sequence[tuple[int, int]], masks: Sequence[tuple[int, int]]
) -> list[int]:
    """The terms that the engine can be held to: of a known sense, clear of masks and of each other."""
    free: list[int] = []
    end = 0
    for i in sorted(range(len(terms)), key=lambda i: spans[i]):
        start, stop = spans[i]
        if terms[i].use is Use.OPEN or not terms[i].target or not end <= start < stop:
            continue
        if not any(p < stop and start < q for p, q in masks):
            free.append(i)
            end = stop
    return free


def _parts(text: str) -> list[str]:
    """An affiliation part by part, so that none is lost: who somebody is, and where, the smallest first."""
    return [part for part in COMMA.split(text) if part.strip()]


def _split(text: str, engine: Engine) -> list[str]:
    if not text.strip():
        return []
    if engine.length(text) > engine.comfort:
        return [t for t in clauses.split(text, engine.comfort, engine.length) if t.strip()]
    return [text]


def wanted(hits: Sequence[TermHit], piece: Piece) -> list[TermHit]:
    """The terms of a piece, with offsets in its text."""
    return [
        TermHit(c.start, c.end, hits[i].term, hits[i].target, hits[i].use)
        for c, i in zip(piece.constraints, piece.terms, strict=True)
    ]


def _tag_offsets(source: str, names: set[str]) -> _Offsets:
    if not names:
        return _Offsets(())
    tag = re.compile(rf"</?(?:{'|'.join(map(re.escape, sorted(names)))})/?>")
    return _Offsets([(m.start(), m.end(), 0) for m in tag.finditer(source)])


def _mask_offsets(masked: mask.Masked) -> tuple[_Offsets, list[tuple[int, int]]]:
    """The map from the bare text to the masked one, and where the masks stand in the latter."""
    cuts, places, at, here = [], [], 0, 0
    for span in masked.spans:
        place = masked.text.index(span.mask, here)
        at += place - here
        cuts.append((at, at + len(span.value), len(span.mask)))
        at += len(span.value)
        here = place + len(span.mask)
        places.append((place, here))
    return _Offsets(cuts), places
