"""The command `sanwen`: one verb a module of `pipeline.verbs`, imported only when it is called."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from pipeline import __version__
from pipeline.errors import SanwenError

# Verb and help, in the order of a day's work. The text stands here so that `--help` imports no verb.
VERBS = {
    "init": "lay out a workspace: sanwen.toml, locales, glossaries",
    "run": "translate articles into PO files, or bring them up to date",
    "status": "how much of each article is approved, drafted, stale",
    "publish": "write the Chinese articles and the trilingual page from the PO files",
    "translate": "translate lines from standard input to standard output",
    "convert": "convert Chinese lines between Simplified and Traditional",
    "polish": "set Chinese lines by a locale's typography, and explain each change",
    "glossary": "check, format, compare, extend and exchange the term base",
    "locale": "list the locales; learn a reviewer's lasting preferences",
    "models": "list, convert and verify translation models",
}

OK, USAGE = 0, 2  # a verb itself returns 1 for findings and failed articles


class _Parser(argparse.ArgumentParser):
    """argparse with one-line errors and exit status 2."""

    def error(self, message: str) -> NoReturn:
        self.exit(USAGE, f"{self.prog}: {message}. See '{self.prog} --help'\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; the exit status: 0 fine, 1 findings or failed articles, 2 usage."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    parser = _Parser(
        prog="sanwen",
        description="English policy articles to publishable Chinese: 简体, 繁體（台灣）, 繁體（香港）.",
        epilog="Exit status: 0 fine, 1 findings or failed articles, 2 wrong usage. 'sanwen VERB --help' tells more.",
    )
    parser.add_argument("--version", action="version", version=f"sanwen {__version__}")
    parser.add_argument("--debug", action="store_true", help="show where in the program an error was raised")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True, parser_class=_Parser)
    called = next((a for a in arguments if not a.startswith("-")), None)
    for verb, text in VERBS.items():
        sub = verbs.add_parser(verb, help=text, description=text[0].upper() + text[1:] + ".")
        sub.add_argument("--debug", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        if verb == called:
            importlib.import_module(f"pipeline.verbs.{verb}").add_arguments(sub)
    options = parser.parse_args(arguments)
    try:
        status: int = importlib.import_module(f"pipeline.verbs.{options.verb}").run(options)
        sys.stdout.flush()
    except SanwenError as problem:
        if options.debug:
            raise
        sys.stderr.write(f"sanwen: {problem}\n")
        return USAGE
    except KeyboardInterrupt:
        sys.stderr.write("sanwen: stopped; what was finished is kept, and the same command goes on from there\n")
        return 130
    except BrokenPipeError:  # the reader of our output has gone: that is its right
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    return status


if __name__ == "__main__":
    sys.exit(main())
