"""sanwen polish: a locale's typography for Chinese lines; one line in, one out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence

from pipeline.desk import Desk
from pipeline.lines import stream
from pipeline.text.typography import explain, polish
from pipeline.verbs._options import one_locale, workspace_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whose rules, and whether to say what they did."""
    parser.add_argument(
        "--locale", "-l", default="zh_CN", metavar="CODE", help="whose rules: zh_CN (default), zh_TW ..."
    )
    parser.add_argument("--explain", action="store_true", help="say on standard error which rule changed what")


def run(options: argparse.Namespace) -> int:
    """Polish standard input; 1 if some of it was not UTF-8."""
    workspace = workspace_of([])
    rules = Desk(workspace).locale(one_locale(options.locale, workspace)).typography
    number = 0

    def work(lines: Sequence[str]) -> Iterator[str]:
        nonlocal number
        for line in lines:
            number += 1
            if options.explain:
                for change in explain(line, rules):
                    sys.stderr.write(f"{number}: {change.rule}: {change.before} → {change.after}\n")
            yield polish(line, rules)

    return 1 if stream(sys.stdin.buffer, work) else 0
