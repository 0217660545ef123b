"""sanwen status: per article and locale, how much is approved, drafted, stale and missing, from the PO files alone."""

from __future__ import annotations

import argparse
import json
import sys

from pipeline.desk import Desk
from pipeline.errors import SanwenError
from pipeline.po.count import Progress, count
from pipeline.verbs._options import add_locale, known_locales, locales_of, workspace_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Names, locales, form."""
    parser.add_argument("names", nargs="*", metavar="ARTICLE", help="only these (default: all that have PO files)")
    add_locale(parser)
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def run(options: argparse.Namespace) -> int:
    """Show the table; 1 if a PO file is broken or a name unknown."""
    workspace = workspace_of([])
    desk = Desk(workspace)
    codes = (
        locales_of(options, workspace)
        if options.locale
        else tuple(dict.fromkeys([*workspace.config.locales, *known_locales(workspace)]))
    )
    rows: list[Progress] = []
    problems = 0
    wanted, found = set(options.names), set()
    for code in codes:
        for file in sorted(desk.po_folder(code).glob("*.po")):
            if wanted and file.stem not in wanted:
                continue
            found.add(file.stem)
            try:
                rows.append(count(desk.catalog(code, file.stem), code))
            except SanwenError as problem:
                problems += 1
                sys.stderr.write(f"sanwen: {problem}\n")
    for name in sorted(wanted - found):
        problems += 1
        sys.stderr.write(f"sanwen: no PO file of an article '{name}'. Call 'sanwen run' first, or check the name\n")
    rows.sort(key=lambda r: (r.article, codes.index(r.locale)))
    if options.json:
        for row in rows:
            sys.stdout.write(json.dumps(row.as_json(), ensure_ascii=False) + "\n")
    elif rows:
        _table(rows)
    elif not problems:
        sys.stdout.write("No PO files yet. Call: sanwen run ARTICLE...\n")
    return 1 if problems else 0


def _table(rows: list[Progress]) -> None:
    from rich.console import Console  # noqa: PLC0415
    from rich.markup import escape  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=120)
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("article", overflow="fold")
    table.add_column("locale")
    for name in ("units", "approved", "drafts", "stale", "empty", "obsolete", "done"):
        table.add_column(name, justify="right")
    for row in rows:
        cells = (row.units, row.approved, row.drafts, row.stale, row.empty, row.obsolete)
        share = 100 * row.approved // row.units if row.units else 0
        table.add_row(escape(row.article), row.locale, *(f"{n:,}" for n in cells), f"{share} %")
    console.print(table)
