"""sanwen glossary suggest."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from pipeline.desk import Desk
from pipeline.errors import SanwenError
from pipeline.files import write_atomic
from pipeline.glossary.fmt import write
from pipeline.glossary.suggest import suggest
from pipeline.verbs._options import workspace_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How much evidence, and where to."""
    parser.add_argument(
        "--least", type=int, default=3, metavar="N", help="how many reviewed sentences must have it (default 3)"
    )
    parser.add_argument("--write", metavar="FILE", help="write them to a new glossary file, as `proposed`")


def run(options: argparse.Namespace) -> int:
    """List proposals, the best supported first."""
    desk = Desk(workspace_of([]))
    pairs: list[tuple[str, str]] = []
    names: list[str] = []  # the article of each pair
    known: set[tuple[str, str]] = set()
    for file in sorted(desk.po_folder("zh_CN").glob("*.po")):
        entries = desk.catalog("zh_CN", file.stem).file
        for entry in entries:
            pair = (entry.msgid, entry.msgstr)
            if entry.msgstr and not entry.fuzzy and not entry.obsolete and pair not in known:
                known.add(pair)
                pairs.append(pair)
                names.append(file.stem)
    found = list(suggest(pairs, desk.terms().terms, least=options.least))
    for one in found:
        places = ", ".join(dict.fromkeys(names[i] for i in one.examples))
        sys.stdout.write(f"{one.stable}/{one.units}  {one.source} → {one.form}  (Dice {one.dice:.2f}; {places})\n")
    if options.write and found:
        if Path(options.write).exists():
            raise SanwenError(
                "is there already", file=options.write, remedy="Name a new file; entries are then moved by hand"
            )
        write_atomic(Path(options.write), write(one.term("zh_CN") for one in found))
    sys.stdout.write(f"{len(found)} proposals from {len(pairs)} approved entries\n")
    return 0
