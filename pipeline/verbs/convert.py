"""sanwen convert: Chinese lines between Simplified and Traditional, as the locales' data says; one line in, one out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence

from pipeline.desk import Desk
from pipeline.errors import SanwenError
from pipeline.lines import stream
from pipeline.text.han import back_converter
from pipeline.verbs._options import one_locale, workspace_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """From where to where."""
    parser.add_argument("--to", required=True, metavar="CODE", help="zh_TW, zh_HK, zh_CN ...")
    parser.add_argument(
        "--from",
        dest="origin",
        default="",
        metavar="CODE",
        help="what the lines are (default: zh_CN, or zh_TW with --to zh_CN)",
    )
    parser.add_argument(
        "--explain",
        action="store_true",
        help="say on standard error where a reading is in doubt and which words were overridden",
    )


def run(options: argparse.Namespace) -> int:
    """Convert standard input; 1 if some of it was not UTF-8."""
    workspace = workspace_of([])
    desk = Desk(workspace)
    target = desk.locale(one_locale(options.to, workspace))
    default = "zh_CN" if target.base else "zh_TW"
    source = desk.locale(one_locale(options.origin or default, workspace))
    if target.base and source.base and target.base != source.base:
        raise SanwenError(f"{source.code} and {target.code} have no common base", remedy="Convert in two steps")
    chain = []
    if source.base and source.code != target.code:
        chain.append(back_converter(source))
    if target.base and source.code != target.code:
        chain.append(desk.converter(target))
    number = 0

    def work(lines: Sequence[str]) -> Iterator[str]:
        nonlocal number
        for line in lines:
            number += 1
            text = line
            for converter in chain:
                done = converter.convert(text)
                text = done.text
                if options.explain:
                    for doubt in done.doubts:
                        sys.stderr.write(
                            f"{number}: check {doubt.text}: {' or '.join(doubt.readings)} ({doubt.reason})\n"
                        )
                    for override in done.overrides:
                        sys.stderr.write(f"{number}: {override}\n")
            yield text

    return 1 if stream(sys.stdin.buffer, work) else 0
