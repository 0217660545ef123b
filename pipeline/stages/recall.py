"""What is known already: the article's own PO file, then sentences approved in other articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipeline.job import Job
from pipeline.model import State, Unit
from pipeline.po.catalog import context
from pipeline.po.recall import recall

MEMORY = "memory: "


def run(units: Iterable[Unit], job: Job) -> Iterator[Unit]:
    """Units with the target, state and provenance of their entry.

    A new unit, or one whose draft only a machine made, takes the approved target of the same sentence elsewhere; a
    similar sentence's is shown in a note.
    """
    for unit in recall(list(units), job.catalog):
        if unit.touched or job.memory is None:
            yield unit
            continue
        known = job.memory.exact(unit.source, context(unit.kind))
        if known is not None and known.origin != job.article:
            yield replace(unit, target=known.target, state=State.DRAFT, provenance=f"{MEMORY}{known.origin}", notes=())
            continue
        if unit.provenance.startswith(MEMORY):  # what it was taken from is no longer approved
            unit = replace(unit, target="", state=State.NEW, provenance="")  # noqa: PLW2901
        unit = replace(unit, notes=tuple(n for n in unit.notes if not n.startswith(MEMORY)))  # noqa: PLW2901
        like = job.memory.fuzzy(unit.source, job.config.memory.fuzzy)
        if like is not None:
            note = f"{MEMORY}{round(100 * like.score)} % like in {like.origin}: {like.source} → {like.target}"
            unit = replace(unit, notes=(*unit.notes, note))  # noqa: PLW2901
        yield unit
