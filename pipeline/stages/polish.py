"""The locale's typography, over targets that no person has touched; the glossary's forms stay as they are there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipeline.glossary.apply import verify
from pipeline.job import Job
from pipeline.model import Unit, Use
from pipeline.text.typography import polish


def run(units: Iterable[Unit], job: Job) -> Iterator[Unit]:
    """Units with typographically right targets."""
    rules = job.locale.typography
    for unit in units:
        if unit.touched or not unit.target:
            yield unit
            continue
        target = polish(unit.target, rules, kind=unit.kind, source=unit.source) or unit.target
        for hit in unit.terms:
            if hit.use in (Use.KEPT, Use.REPAIRED) and hit.target not in target:
                target = target.replace(polish(hit.target, rules), hit.target)
        changed = target != unit.target  # the marks of a title may now stand within a term
        terms = verify(target, unit.terms, job.locale.code) if changed else unit.terms
        yield replace(unit, target=target, terms=terms)
