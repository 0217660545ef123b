"""sanwen glossary impact."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polib

from pipeline.desk import Desk
from pipeline.errors import SanwenError
from pipeline.glossary.impact import Impact, impact
from pipeline.glossary.layer import Glossary, layer
from pipeline.glossary.read import GlossaryFile, parse, read
from pipeline.po.catalog import Catalog
from pipeline.po.stale import mark
from pipeline.verbs._glossary_files import add_files, convert_of, files_of
from pipeline.verbs._options import add_locale, locales_of, workspace_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Old and new, and what to do."""
    add_files(parser)
    add_locale(parser)
    parser.add_argument(
        "--against",
        action="append",
        default=[],
        metavar="FILE",
        help="the old glossaries (default: the same files at git's HEAD)",
    )
    parser.add_argument(
        "--refuzzy",
        action="store_true",
        help="mark approved entries that break the new glossary as stale, with the reason",
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a unit is."""

    catalog: Catalog
    entry: polib.POEntry
    locale: str


def run(options: argparse.Namespace) -> int:
    """List the units; 1 if one now breaks the glossary and was not marked."""
    workspace = workspace_of([])
    desk = Desk(workspace)
    files = files_of(options, desk)
    new = layer(read(f) for f in files)
    old = layer([read(f) for f in options.against] if options.against else _at_head(files))
    places: list[_Place] = []
    for code in locales_of(options, workspace):
        for file in sorted(desk.po_folder(code).glob("*.po")):
            catalog = desk.catalog(code, file.stem)
            places += [_Place(catalog, e, code) for e in catalog.file if not e.obsolete and e.msgstr]
    found = _impact(old, new, places, desk)
    wrong = 0
    stale: dict[int, tuple[Catalog, dict[int, str]]] = {}
    for one in found:
        place = places[one.unit]
        state = "draft" if place.entry.fuzzy else "approved"
        sys.stdout.write(f"{place.catalog.path}: {state}: {place.entry.msgid[:80]!r}: {one.reason}\n")
        if one.wrong and not place.entry.fuzzy:
            wrong += 1
            _, reasons = stale.setdefault(id(place.catalog), (place.catalog, {}))
            reasons[id(place.entry)] = one.reason
    if options.refuzzy:
        for catalog, reasons in stale.values():
            mark(catalog, reasons)
    done = "marked stale" if options.refuzzy else "break the new glossary (--refuzzy marks them)"
    sys.stdout.write(f"{len(found)} units affected; {wrong} approved ones {done}\n")
    return 1 if wrong and not options.refuzzy else 0


def _impact(old: Glossary, new: Glossary, places: Sequence[_Place], desk: Desk) -> list[Impact]:
    units = [(p.entry.msgid, p.entry.msgstr, p.locale) for p in places]
    return list(impact(old, new, units, convert_of(desk)))


def _at_head(files: Sequence[Path]) -> list[GlossaryFile]:
    """The files as git's HEAD has them; a file that is not there yet is left out."""
    found = []
    for path in files:
        where = path.resolve()
        try:
            # The name and the folder are arguments of their own: no shell sees them.
            done = subprocess.run(  # noqa: S603
                ["git", "-C", str(where.parent), "show", f"HEAD:./{where.name}"],  # noqa: S607
                capture_output=True,
                check=False,
            )
        except OSError as problem:
            raise SanwenError("git is not here", remedy="Give the old glossaries with --against") from problem
        if done.returncode == 0:
            found.append(parse(done.stdout, f"HEAD:{path}"))
        elif b"does not exist in" not in done.stderr and b"exists on disk, but not in" not in done.stderr:
            said = done.stderr.decode("utf-8", "replace").strip().removeprefix("fatal: ")
            raise SanwenError(
                f"git cannot say what it was: {said}", file=path, remedy="Give the old glossaries with --against"
            )
    return found
