"""sanwen glossary: check, format, compare, extend and exchange the term base."""

from __future__ import annotations

import argparse
import importlib

ACTIONS = {
    "check": "every problem of the glossaries, with file, line, rule and hint; for CI",
    "fmt": "write the glossaries in canonical form: columns and rows in order",
    "impact": "the units that a changed glossary affects",
    "suggest": "new entries from what people approved, with evidence",
    "import": "turn TBX, XLSX, DeepL, Google, Weblate or OmegaT files into a glossary",
    "export": "write the glossaries as TBX, XLSX, DeepL, Google, Weblate or OmegaT files",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The actions, each with its own arguments."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, text in ACTIONS.items():
        sub = actions.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
        importlib.import_module(f"pipeline.verbs._glossary_{name}").add_arguments(sub)


def run(options: argparse.Namespace) -> int:
    """Do the action; its exit status."""
    status: int = importlib.import_module(f"pipeline.verbs._glossary_{options.action}").run(options)
    return status
