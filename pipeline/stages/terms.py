"""Glossary terms in the source, and the forms that the locale wants for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipeline.job import Job
from pipeline.model import Unit

_AROUND = 2  # units on either side whose words help to select a sense


def run(units: Iterable[Unit], job: Job) -> Iterator[Unit]:
    """Units with their terms."""
    every = list(units)
    for at, unit in enumerate(every):
        around = " ".join(u.source for u in every[max(0, at - _AROUND) : at + _AROUND + 1] if u is not unit)
        yield replace(unit, terms=job.terms.hits(unit.source, job.locale.code, around))
