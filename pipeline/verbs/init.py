"""sanwen init: lay out a workspace from the packaged defaults. What is there already is left as it is."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from pipeline.config import FILE, data_folder, template
from pipeline.errors import SanwenError
from pipeline.files import write_atomic


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The folder."""
    parser.add_argument("folder", nargs="?", default=".", help="where (default: here)")


def run(options: argparse.Namespace) -> int:
    """Write what is missing; say each file."""
    root = Path(options.folder)
    if root.exists() and not root.is_dir():
        raise SanwenError("is not a folder", file=root, remedy="Give a new or an empty folder")
    wanted = {root / FILE: template().encode()}
    source = data_folder()
    for folder in ("locales", "glossaries"):
        for file in sorted((source / folder).rglob("*")):
            if file.is_file() and "LC_MESSAGES" not in file.parts:
                wanted[root / file.relative_to(source)] = file.read_bytes()
    made = 0
    try:
        for place in ("articles", "locales", "glossaries"):
            (root / place).mkdir(parents=True, exist_ok=True)
        for file, data in wanted.items():
            if file.exists():
                sys.stdout.write(f"kept     {file}\n")
                continue
            file.parent.mkdir(parents=True, exist_ok=True)
            write_atomic(file, data)
            sys.stdout.write(f"written  {file}\n")
            made += 1
    except OSError as problem:
        raise SanwenError(
            f"cannot be written: {problem.strerror}", file=problem.filename, remedy="Check the folder"
        ) from problem
    sys.stdout.write(
        f"{made} files written. Put articles into {root / 'articles'} and call: sanwen run {root / 'articles'}\n"
    )
    return 0
