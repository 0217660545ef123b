"""The locale's typography, over targets that no person has touched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipeline.job import Job
from pipeline.model import Unit
from pipeline.text.typography import polish


def run(units: Iterable[Unit], job: Job) -> Iterator[Unit]:
    """Units with typographically right targets."""
    for unit in units:
        if unit.touched or not unit.target:
            yield unit
        else:
            target = polish(unit.target, job.locale.typography, kind=unit.kind, source=unit.source)
            yield replace(unit, target=target or unit.target)
