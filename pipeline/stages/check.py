"""Every check over every unit; findings go onto the unit, and from there into its PO entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipeline import plugins
from pipeline.job import Job
from pipeline.model import Finding, Unit


def run(units: Iterable[Unit], job: Job) -> Iterator[Unit]:
    """Units with the findings of all checks behind those that they have."""
    checks = [plugins.load("checks", name).check for name in plugins.names("checks")]
    for unit in units:
        found: list[Finding] = [*unit.findings]
        for check in checks:
            found += check(unit, job.locale)
        yield replace(unit, findings=tuple(dict.fromkeys(found)))
