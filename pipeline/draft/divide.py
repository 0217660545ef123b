"""A sentence that would not take all its terms, translated in parts: a shorter text leaves a model less to drop.

A piece whose translation lacks a term is halved at a clause boundary and each half translated by itself, again and
again while that gains terms. What is missing even then is cut out: the words before the term, its form, the words after
it. Word order suffers there, but a promised term is in its place, and the reviewer is told that it was put in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.draft.decode import Decoded, decode
from pipeline.draft.prepare import UNPROMISED, Piece
from pipeline.engine import Engine, Result, Token
from pipeline.model import SUGGESTED, TermHit, Use
from pipeline.text import clauses

ROUNDS = 3  # of halving: an eighth of a sentence is a phrase
_ARTICLES = frozenset({"a", "an", "the"})

Part = tuple[Piece, Decoded]


def divided(
    pieces: Sequence[Piece], hits: Sequence[Sequence[TermHit]], engine: Engine, locale: str, *, aligned: Sequence[bool]
) -> list[list[Part]]:
    """The pieces with their translations (see `decode`), each as one part or, for its terms' sake, as several."""
    done = decode(pieces, hits, engine, locale, aligned=aligned)
    parts: list[list[Part]] = [[part] for part in zip(pieces, done, strict=True)]
    work = [(i, 0) for i in range(len(parts))]
    for _ in range(ROUNDS):
        tries: list[tuple[int, int, Sequence[Piece | Part]]] = [
            (i, at, halves)
            for i, at in work
            if _missing(parts[i][at][1]) and (halves := _halves(parts[i][at][0])) is not None
        ]
        work = _gained(parts, tries, hits, engine, locale, aligned)
    tries = [
        (i, at, _cut_out(*part))
        for i, each in enumerate(parts)
        for at, part in enumerate(each)
        if any(map(_promised, part[1].terms))  # for a figure's sake nothing is cut out: the piece would come back whole
    ]
    _gained(parts, tries, hits, engine, locale, aligned)
    return parts


def _missing(decoded: Decoded) -> int:
    """How many terms and figures are missing; nothing is halved for the sake of a suggestion."""
    return sum(hit.use is Use.MISSING and hit.term.pos != SUGGESTED for hit in decoded.terms)


def _promised(hit: TermHit) -> bool:
    return hit.use is Use.MISSING and hit.term.pos not in UNPROMISED


def _gained(  # noqa: PLR0917  the places are named
    parts: list[list[Part]],
    tries: Sequence[tuple[int, int, Sequence[Piece | Part]]],
    hits: Sequence[Sequence[TermHit]],
    engine: Engine,
    locale: str,
    aligned: Sequence[bool],
) -> list[tuple[int, int]]:
    """Put those of the `tries` that lack fewer terms in the place of their part; where the new parts now are."""
    fresh = [(i, p) for i, _, smaller in tries for p in smaller if isinstance(p, Piece)]
    made = iter(
        decode(
            [p for _, p in fresh], [hits[i] for i, _ in fresh], engine, locale, aligned=[aligned[i] for i, _ in fresh]
        )
        if fresh
        else ()
    )
    ready = [(i, at, [(p, next(made)) if isinstance(p, Piece) else p for p in smaller]) for i, at, smaller in tries]
    places: list[tuple[int, int]] = []
    for i, at, new in sorted(ready, key=lambda r: (r[0], r[1]), reverse=True):  # from the right: places stay true
        if sum(_missing(d) for _, d in new) < _missing(parts[i][at][1]):
            parts[i][at : at + 1] = new
            moved = len(new) - 1
            places = [(j, k + moved if j == i else k) for j, k in places] + [(i, at + k) for k in range(len(new))]
    return sorted(places)


def _halves(piece: Piece) -> list[Piece] | None:
    cut = clauses.halve(piece.text, [(c.start, c.end) for c in piece.constraints])
    if cut is None:
        return None
    at, clause = cut
    return [
        p
        for p in (piece.part(0, at, tight=piece.tight), piece.part(at, len(piece.text), tight=not clause))
        if p is not None
    ]


def _cut_out(piece: Piece, decoded: Decoded) -> list[Piece | Part]:
    """The piece in stretches around each missing term, and the term by itself."""
    out: list[Piece | Part] = []
    here = 0

    def rest(end: int) -> None:
        part = piece.part(here, end, tight=bool(out) or piece.tight)
        if part is None or part.text.lower() in _ARTICLES:
            return
        out.append(part if any(c.isalnum() for c in part.text) else (part, _as_it_is(part.text, part.text, ())))

    for hit in sorted(decoded.terms, key=lambda hit: hit.start):
        if not _promised(hit):
            continue
        rest(hit.start)
        alone = piece.part(hit.start, hit.end, tight=bool(out) or piece.tight)
        if alone is not None:
            put_in = replace(hit, start=0, end=len(alone.text), use=Use.REPAIRED)
            out.append((alone, _as_it_is(alone.text, hit.target, (put_in,))))
        here = hit.end
    rest(len(piece.text))
    return out


def _as_it_is(source: str, target: str, terms: tuple[TermHit, ...]) -> Decoded:
    """A translation that needs no engine; its attention ties all of it to all of its source."""
    import numpy as np  # noqa: PLC0415  60 ms of a cold start

    tokens, sources = (Token(target, 0, len(target)),), (Token(source, 0, len(source)),)
    return Decoded(target, Result(target, 0.0, tokens, sources, np.ones((1, 1), np.float32)), terms)
