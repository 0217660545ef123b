"""sanwen translate: one segment a line in, one line out, in order, as soon as it is done."""

from __future__ import annotations

import argparse
import sys

from pipeline.desk import Desk
from pipeline.lines import LineTranslator, stream
from pipeline.verbs._options import one_locale, workspace_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Target, engine, terms."""
    parser.add_argument("--to", default="zh_CN", metavar="CODE", help="zh_CN (default), zh_TW, zh_HK ...")
    parser.add_argument("--engine", "-e", default="", metavar="NAME", help="what translates (default: sanwen.toml's)")
    parser.add_argument(
        "--glossary",
        "-g",
        action="append",
        default=[],
        metavar="FILE",
        help="a term base over the workspace's; later ones win",
    )
    parser.add_argument("--no-glossary", action="store_true", help="without the workspace's own term base")
    parser.add_argument("--no-cache", action="store_true", help="ask the engine even for what it has said before")


def run(options: argparse.Namespace) -> int:
    """Translate standard input; 1 if some of it was not UTF-8."""
    workspace = workspace_of([])
    code = one_locale(options.to, workspace)
    desk = Desk(workspace, options.engine, tuple(options.glossary), not options.no_glossary)
    work = LineTranslator(desk, desk.locale(code), cached=not (options.no_cache or workspace.packaged))
    return 1 if stream(sys.stdin.buffer, work) else 0
