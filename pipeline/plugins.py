"""Find formats, engines, stages and checks by file name: a new one is one new file, with no registry to edit."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from functools import cache
from pathlib import Path
from types import ModuleType

from pipeline.errors import SanwenError


@cache
def names(kind: str) -> tuple[str, ...]:
    """Names of the modules in `pipeline/<kind>/`, sorted; those that begin with an underscore are helpers."""
    folder = Path(__file__).parent / kind
    return tuple(sorted(m.name for m in pkgutil.iter_modules([str(folder)]) if not m.name.startswith("_")))


def load(kind: str, name: str) -> ModuleType:
    """The module `pipeline.<kind>.<name>`.

    Raises SanwenError when there is none, with the nearest name and the list.
    """
    known = names(kind)
    if name not in known:
        near = difflib.get_close_matches(name, known, 1)
        hint = f"Did you mean '{near[0]}'? " if near else ""
        raise SanwenError(f"there is no {kind[:-1]} '{name}'", remedy=f"{hint}Known: {', '.join(known)}")
    return importlib.import_module(f"pipeline.{kind}.{name}")


def summary(kind: str, name: str) -> str:
    """The first line of the module's docstring: its entry in `--list`."""
    return (load(kind, name).__doc__ or "").strip().partition("\n")[0]
