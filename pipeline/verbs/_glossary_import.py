"""sanwen glossary import."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from pipeline.errors import SanwenError
from pipeline.files import read_bytes, write_atomic
from pipeline.glossary.fmt import write
from pipeline.model import Severity
from pipeline.verbs._glossary_exchange import format_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """From, to, how."""
    parser.add_argument("file", metavar="FILE", help="what to read")
    parser.add_argument("output", metavar="GLOSSARY", help="the glossary to write (a new .csv)")
    parser.add_argument("--format", default="", help="tbx, martif, xlsx, deepl-csv, deepl-tsv, google, weblate, omegat")
    parser.add_argument(
        "--locale", default="zh_CN", metavar="CODE", help="what a file of two languages is in (default zh_CN)"
    )
    parser.add_argument("--force", action="store_true", help="replace a glossary that is there")


def run(options: argparse.Namespace) -> int:
    """Read, say every problem, write; 1 if an entry could not be taken over."""
    out = Path(options.output)
    if out.exists() and not options.force:
        raise SanwenError("is there already", file=out, remedy="Name a new file, or give --force")
    data = read_bytes(options.file)
    found = format_of(options.format, options.file, data).read(data, options.file, options.locale)
    for problem in found.problems:
        sys.stderr.write(f"{problem}\n")
    bad = sum(p.severity is not Severity.INFO for p in found.problems)
    if found.terms:
        write_atomic(out, write(found.terms))
    sys.stdout.write(f"{len(found.terms)} entries written to {out}; {bad} problems\n")
    return 1 if bad or not found.terms else 0
