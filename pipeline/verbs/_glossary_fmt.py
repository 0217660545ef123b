"""sanwen glossary fmt."""

from __future__ import annotations

import argparse
import sys

from pipeline.desk import Desk
from pipeline.files import write_atomic
from pipeline.glossary.fmt import fmt
from pipeline.glossary.read import read
from pipeline.verbs._glossary_files import add_files, files_of
from pipeline.verbs._options import workspace_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Files, and whether to write."""
    add_files(parser)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a file is not in canonical form")


def run(options: argparse.Namespace) -> int:
    """Bring each file into canonical form; with --check only say which is not."""
    changed = 0
    for path in files_of(options, Desk(workspace_of([]))):
        new = fmt(read(path))
        if new == path.read_bytes():
            continue
        changed += 1
        if not options.check:
            write_atomic(path, new)
        sys.stdout.write(f"{'not canonical' if options.check else 'written'}  {path}\n")
    return 1 if changed and options.check else 0
