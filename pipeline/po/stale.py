"""Mark approved entries as stale: kept, but to be looked at again, with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pipeline.files import write_atomic
from pipeline.po import remarks
from pipeline.po.catalog import Catalog


def mark(catalog: Catalog, reasons: Mapping[int, str]) -> None:
    """Make the entries whose `id()` is in `reasons` fuzzy, with a note, and write the file.

    Their digest is dropped: the text stays a person's, and no run replaces it.
    """
    for entry in catalog.file:
        reason = reasons.get(id(entry))
        if reason is None:
            continue
        said = remarks.read(entry.tcomment)
        notes = tuple(n for n in said.notes if not n.startswith("stale: glossary"))
        entry.tcomment = remarks.write(replace(said, digest="", notes=(*notes, f"stale: glossary: {reason}")))
        if "fuzzy" not in entry.flags:
            entry.flags = ["fuzzy", *entry.flags]
    write_atomic(catalog.path, catalog.render().encode("utf-8"))
