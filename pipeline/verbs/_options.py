"""Options that several verbs share, and what they mean."""

from __future__ import annotations

import argparse
import difflib
from pathlib import Path

from pipeline.config import Workspace, data_folder, find
from pipeline.errors import SanwenError


def add_locale(parser: argparse.ArgumentParser) -> None:
    """--locale, any number of times."""
    parser.add_argument(
        "--locale",
        "-l",
        action="append",
        metavar="CODE",
        help="only this locale (again for more); the one that it is converted from comes along",
    )


def workspace_of(paths: list[str]) -> Workspace:
    """The workspace that the command is about: that of the working folder, else that of the first path."""
    here = find(Path.cwd())
    if not here.packaged or not paths:
        return here
    first = Path(paths[0])
    there = find(first if first.is_dir() else first.parent)
    return here if there.packaged else there


def locales_of(options: argparse.Namespace, workspace: Workspace) -> tuple[str, ...]:
    """The locales asked for, or the workspace's. Raises SanwenError for one that there is no folder for."""
    return tuple(one_locale(code, workspace) for code in dict.fromkeys(options.locale or workspace.config.locales))


def one_locale(code: str, workspace: Workspace) -> str:
    """`code`, if there is a folder for it; zh-TW is taken for zh_TW. Raises SanwenError otherwise."""
    known = known_locales(workspace)
    plain = code.replace("-", "_")
    if plain in known:
        return plain
    near = difflib.get_close_matches(plain, known, 1)
    hint = f"Did you mean '{near[0]}'? " if near else ""
    raise SanwenError(f"there is no locale '{code}'", remedy=f"{hint}Known: {', '.join(known)}")


def known_locales(workspace: Workspace) -> list[str]:
    """The codes that have a locale.toml, in the workspace or packaged."""
    folders = (workspace.locales, data_folder() / "locales")
    return sorted({f.parent.name for folder in folders for f in folder.glob("*/locale.toml")})
