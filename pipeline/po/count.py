"""How far a PO file has come."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from pipeline.po import remarks
from pipeline.po.catalog import Catalog


@dataclass(frozen=True, slots=True)
class Progress:
    """Entries of one article and locale by state. `stale` ones are among the drafts."""

    article: str
    locale: str
    units: int
    approved: int
    drafts: int
    stale: int
    empty: int
    obsolete: int

    def as_json(self) -> dict[str, str | int]:
        """The fields by name."""
        return asdict(self)


def count(catalog: Catalog, locale: str) -> Progress:
    """Count the entries of `catalog`."""
    live = [e for e in catalog.file if not e.obsolete]
    drafts = [e for e in live if e.msgstr and e.fuzzy]
    stale = [
        e
        for e in drafts
        if e.previous_msgid is not None or any(n.startswith("stale") for n in remarks.read(e.tcomment).notes)
    ]
    return Progress(
        article=catalog.path.stem,
        locale=locale,
        units=len(live),
        approved=sum(1 for e in live if e.msgstr and not e.fuzzy),
        drafts=len(drafts),
        stale=len(stale),
        empty=sum(1 for e in live if not e.msgstr),
        obsolete=sum(1 for e in catalog.file if e.obsolete),
    )
