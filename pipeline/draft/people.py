"""Who wrote an article and what they are, by rule: names and glossary terms need no engine, which would spoil them.

"By Jane Doe and John Roe" is its names. "Senior Fellow, Example Institute" is the institution and then the rank, as
Chinese has it. A name that no glossary has stays as it is, and the reviewer is told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model import Kind, TermHit, Unit, Use
from pipeline.text import byline
from pipeline.text.affiliation import COMMA, MOST, is_place

_NAMES = ("", "name")  # parts of speech of terms that may be names
_PLAIN = re.compile(r"[^<>;:()|]*[^\W\d_][^<>;:()|]*")  # an institution that may be left as it is


@dataclass(frozen=True, slots=True)
class People:
    """A line's target, and the names in it that were left as they are."""

    target: str
    left: tuple[str, ...] = ()


def people(unit: Unit) -> People | None:
    """The target of an author's line or an affiliation; None where the rules do not reach."""
    if any(hit.use is Use.OPEN for hit in unit.terms):
        return None
    if unit.kind is Kind.AUTHOR:
        return _authors(unit)
    return _affiliation(unit) if unit.kind is Kind.AFFILIATION else None


def _authors(unit: Unit) -> People | None:
    names = byline.byline(unit.source)
    hits = _at(unit.terms)
    if (
        not names
        or hits.keys() - {(n.start, n.end) for n in names}
        or any(h.term.pos not in _NAMES for h in unit.terms)
    ):
        return None
    forms = tuple(hits[n.start, n.end].target if (n.start, n.end) in hits else n.text for n in names)
    left = tuple(n.text for n in names if (n.start, n.end) not in hits)
    return People(byline.written(unit.source, names, forms), left)


def _affiliation(unit: Unit) -> People | None:
    """A rank that is a term and where it is held: parts of an institution come with the largest first."""
    rank, *held = byline.between(COMMA.finditer(unit.source), 0, len(unit.source))
    hits = _at(unit.terms)
    if rank not in hits or hits[rank].term.pos in _NAMES or not 0 < len(held) < MOST or hits.keys() - {rank, *held}:
        return None
    unknown = [unit.source[start:end] for start, end in held if (start, end) not in hits]
    if unknown and (len(held) > 1 or not _PLAIN.fullmatch(unknown[0]) or not is_place(unknown[0])):
        return None  # of several parts one may be a second rank
    forms = [hits[place].target if place in hits else unit.source[slice(*place)] for place in reversed(held)]
    return People("".join([*forms, hits[rank].target]), tuple(unknown))


def _at(hits: Sequence[TermHit]) -> dict[tuple[int, int], TermHit]:
    return {(hit.start, hit.end): hit for hit in hits}
