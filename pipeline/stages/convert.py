"""Targets of a Traditional locale, from those of its base: by conversion, with the locale's own terms locked.

A target that a person touched stays; it is stale when the text that it was made from has changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipeline.glossary import apply
from pipeline.job import Job
from pipeline.model import Finding, Kind, State, Unit
from pipeline.po.catalog import one_line
from pipeline.stages.recall import MEMORY
from pipeline.text import dates
from pipeline.text.han import Lock


def run(units: Iterable[Unit], job: Job) -> Iterator[Unit]:
    """Units with converted targets; `job.base` has the base locale's, one for one."""
    for unit, base in zip(units, job.base, strict=True):
        if unit.touched:
            yield _verified(_stale(unit, base, job), job)
        elif not base.target:
            yield replace(unit, target="", state=State.NEW, provenance="", base="")
        elif unit.provenance.startswith(MEMORY):
            yield _verified(replace(unit, base=one_line(base.target)), job)
        else:
            yield _verified(_converted(unit, base, job), job)


def _converted(unit: Unit, base: Unit, job: Job) -> Unit:
    review = "approved" if base.state is State.APPROVED else "draft"
    made = replace(
        unit,
        state=State.DRAFT,
        base=one_line(base.target),
        provenance=f"{job.signature} {job.locale.opencc or 'copy'} of {job.locale.base} {review}",
    )
    if unit.kind is Kind.DATE:
        day = dates.localise(unit.source, job.locale.date, job.locale.code)
        if day is not None:
            return replace(made, target=day)
    locks = [Lock(*lock) for lock in apply.locks(base.target, base.terms, unit.terms, job.locale.code)]
    conversion = job.converter().convert(base.target, locks)
    doubts = tuple(
        Finding("conversion", f"check conversion: {d.text} may be {' or '.join(d.readings)} ({d.reason})")
        for d in conversion.doubts
    )
    return replace(made, target=conversion.text, findings=(*unit.findings, *doubts))


def _stale(unit: Unit, base: Unit, job: Job) -> Unit:
    """A person's target, marked as a draft again if its base text is no longer what it was made from."""
    now = one_line(base.target)
    if not unit.base or unit.base == now or not now:
        return unit
    note = f"stale: {job.locale.base} was «{unit.base}», is now «{now}»"
    notes = tuple(n for n in unit.notes if not n.startswith("stale"))
    return replace(unit, state=State.DRAFT, base=now, notes=(*notes, note))


def _verified(unit: Unit, job: Job) -> Unit:
    return replace(unit, terms=apply.verify(unit.target, unit.terms, job.locale.code))
