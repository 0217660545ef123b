"""Give units what their PO file already holds. A reviewed sentence is never lost: it is kept, or shown as stale.

1. The same source in the same context: the entry's target and state, as they are.
2. A source that has changed: the old target of the most similar entry that no unit claims any more, if a person had a
   hand in it; the unit becomes a draft with `previous` set, which PO shows as `#| msgid`. A target that only a machine
   made is not worth keeping for another source: the new one is translated afresh.
3. Else the unit is new.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import polib

from pipeline.model import State, Unit
from pipeline.po import remarks
from pipeline.po.catalog import Catalog, Key, context
from pipeline.text.similar import Index

SIMILAR = 0.5  # below this a changed sentence is another sentence
SIMILAR_OBSOLETE = 0.75  # the same for one that was taken out earlier
_LOOKED_AT = 20


def unit_key(unit: Unit) -> Key:
    """The key of the entry that holds this unit's target."""
    return (context(unit.kind), unit.source)


def touched(entry: polib.POEntry) -> bool:
    """Whether a person had a hand in the target: approved it, wrote it, or edited the machine's."""
    if not entry.msgstr:
        return False
    return not entry.fuzzy or remarks.read(entry.tcomment).digest != remarks.digest(entry.msgstr)


def recall(units: Sequence[Unit], catalog: Catalog) -> list[Unit]:
    """`units` with target, state and provenance from `catalog`, one for one.

    Entries that move to a changed source are noted in `catalog.moved`, for `po.write`.
    """
    entries = {k: e for k, e in catalog.entries().items() if not e.msgid_plural}
    wanted = {unit_key(u) for u in units}
    free = _Free([e for k, e in entries.items() if k not in wanted and touched(e)])
    found: dict[Key, Unit] = {}
    result = []
    for unit in units:
        k = unit_key(unit)
        if k not in found:
            entry = entries.get(k)
            if entry is not None and entry.msgstr:
                found[k] = _same(unit, entry)
            else:
                found[k] = _changed(unit, free, catalog)
        known = found[k]
        result.append(
            replace(
                unit,
                target=known.target,
                state=known.state,
                provenance=known.provenance,
                touched=known.touched,
                previous=known.previous,
                base=known.base,
                notes=known.notes,
            )
        )
    return result


def _same(unit: Unit, entry: polib.POEntry) -> Unit:
    said = remarks.read(entry.tcomment)
    by_person = touched(entry)
    return replace(
        unit,
        target=entry.msgstr,
        state=State.DRAFT if entry.fuzzy else State.APPROVED,
        provenance=said.signature,
        touched=by_person,
        previous=(entry.previous_msgid or "") if entry.fuzzy else "",
        base=said.base,
        notes=said.notes,
    )


class _Free:
    """Entries that no unit claims and that a person had a hand in; each is given away once."""

    def __init__(self, entries: list[polib.POEntry]) -> None:
        entries.sort(key=lambda e: bool(e.obsolete))
        pairs = [(e, text) for e in entries for text in {e.msgid: 0, e.previous_msgid or e.msgid: 0}]
        self._entries = [e for e, _ in pairs]
        self._index = Index([text for _, text in pairs]) if pairs else None
        self._given: set[int] = set()

    def take(self, source: str) -> polib.POEntry | None:
        """The most similar entry that is still there; an obsolete one must be more similar than a live one."""
        for place, score in self._index.nearest(source, _LOOKED_AT, SIMILAR) if self._index else ():
            entry = self._entries[place]
            if id(entry) not in self._given and (not entry.obsolete or score >= SIMILAR_OBSOLETE):
                self._given.add(id(entry))
                return entry
        return None


def _changed(unit: Unit, free: _Free, catalog: Catalog) -> Unit:
    best = free.take(unit.source)
    if best is None:
        return unit
    catalog.moved[unit_key(unit)] = best
    said = remarks.read(best.tcomment)
    # What the target translates: where it was stale already, the source before that.
    previous = (best.previous_msgid if best.fuzzy and best.previous_msgid else best.msgid) or ""
    return replace(
        unit,
        target=best.msgstr,
        state=State.DRAFT,
        provenance=said.signature,
        touched=True,
        previous=previous,
        base=said.base,
        notes=(*(n for n in said.notes if not n.startswith("stale")), "stale: the English has changed"),
    )
