"""sanwen glossary export."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from pipeline.desk import Desk
from pipeline.files import write_atomic
from pipeline.glossary import exchange
from pipeline.glossary.layer import load
from pipeline.verbs._glossary_exchange import format_of
from pipeline.verbs._glossary_files import files_of
from pipeline.verbs._options import add_locale, locales_of, workspace_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """From, to, how."""
    parser.add_argument("output", metavar="FILE", help="what to write")
    parser.add_argument("files", nargs="*", metavar="GLOSSARY", help="glossaries (default: the workspace's)")
    add_locale(parser)
    parser.add_argument("--format", default="", help="tbx, martif, xlsx, deepl-csv, deepl-tsv, google, weblate, omegat")


def run(options: argparse.Namespace) -> int:
    """Write the layered glossaries; say on standard error what the format cannot carry."""
    workspace = workspace_of([])
    codes = locales_of(options, workspace)
    terms = load(files_of(options, Desk(workspace))).terms
    module = format_of(options.format, options.output)
    data = module.write(terms, codes)
    lost = exchange.losses(module, terms, codes)
    for line in lost[:20]:
        sys.stderr.write(f"not carried: {line}\n")
    if len(lost) > 20:
        sys.stderr.write(f"not carried: something of {len(lost) - 20} more entries\n")
    write_atomic(Path(options.output), data)
    sys.stdout.write(f"{len(terms)} entries written to {options.output} as {module.NAME}\n")
    return 0
