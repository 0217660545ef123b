"""What the glossary actions share: which files, and how forms are converted."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from pipeline.desk import Desk
from pipeline.errors import SanwenError


def add_files(parser: argparse.ArgumentParser) -> None:
    """The glossary files; the workspace's if none is given."""
    parser.add_argument("files", nargs="*", metavar="FILE", help="glossaries (default: the workspace's)")


def files_of(options: argparse.Namespace, desk: Desk) -> list[Path]:
    """The files that the command is about. Raises SanwenError if there are none."""
    files = [Path(f) for f in options.files] or desk.glossary_files()
    if not files:
        raise SanwenError("there is no glossary", file=desk.workspace.root, remedy="Name a file, or call: sanwen init")
    return files


def convert_of(desk: Desk) -> Callable[[str, str], str]:
    """Conversion of a zh_CN text to a locale, given by its code."""

    def convert(text: str, code: str) -> str:
        locale = desk.locale(code)
        return desk.converter(locale).convert(text).text if locale.base else text

    return convert
