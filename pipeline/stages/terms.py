"""Glossary terms in the source, and the forms that the locale wants for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipeline.job import Job
from pipeline.model import Kind, Unit

_AROUND = 2  # units on either side whose words help to select a sense
_ABOVE = frozenset({Kind.SECTION, Kind.TITLE, Kind.SUBTITLE})  # they say what the whole article is about


def run(units: Iterable[Unit], job: Job) -> Iterator[Unit]:
    """Units with their terms."""
    every = list(units)
    above = [unit for unit in every if unit.kind in _ABOVE]
    for at, unit in enumerate(every):
        near = every[max(0, at - _AROUND) : at + _AROUND + 1]
        around = " ".join(u.source for u in (*above, *near) if u is not unit)
        yield replace(unit, terms=job.terms.hits(unit.source, job.locale.code, around))
