"""Which articles a command is about: files, folders and globs as tasks, each with the name of its PO files."""

from __future__ import annotations

import glob
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline import plugins
from pipeline.config import Workspace
from pipeline.errors import SanwenError

_LEFT_OUT = {"node_modules", "locales", "glossaries", "LC_MESSAGES", "__pycache__"}


@dataclass(frozen=True, slots=True)
class Task:
    """One article. `name` is its PO files' name without the suffix; `shown` its path as PO references give it."""

    path: Path
    name: str
    shown: str
    format: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The tasks, in order, and what was asked for but cannot be done."""

    tasks: tuple[Task, ...]
    problems: tuple[SanwenError, ...]


def formats() -> dict[str, str]:
    """Suffix (".md") to format name, over all formats."""
    return {s: name for name in plugins.names("formats") for s in plugins.load("formats", name).EXTENSIONS}


def plan(paths: Sequence[str], workspace: Workspace) -> Plan:
    """The articles at `paths` (files, folders, globs), each once, in the order given, folders in the order of names."""
    known = formats()
    tasks: dict[Path, Task] = {}
    problems: list[SanwenError] = []
    for text in paths:
        try:
            for file in _expand(text, known, workspace):
                kind = _format(file, known)
                where = file.resolve()
                tasks.setdefault(where, Task(file, _name(where, workspace), _shown(where, file, workspace), kind))
        except SanwenError as problem:
            problems.append(problem)
        except OSError as problem:
            problems.append(
                SanwenError(f"cannot be read: {problem.strerror}", file=text, remedy="Check its permissions")
            )
    return _without_clashes(list(tasks.values()), problems)


def _format(file: Path, known: dict[str, str]) -> str:
    if file.suffix.lower() not in known:
        raise SanwenError(
            f"no format reads '{file.suffix or file.name}' files",
            file=file,
            remedy=f"Articles are {', '.join(sorted(known))}",
        )
    return known[file.suffix.lower()]


def _expand(text: str, known: dict[str, str], workspace: Workspace) -> Iterator[Path]:
    path = Path(text)
    if path.is_dir():
        skip = {(workspace.root / workspace.config.publish.folder).resolve()}
        found = sorted(_walk(path, known, skip))
        if not found:
            raise SanwenError("no article in this folder", file=path, remedy=f"Articles are {', '.join(sorted(known))}")
        yield from found
    elif path.exists() or path.is_symlink():
        yield path
    elif glob.has_magic(text):
        found = sorted(Path(p) for p in glob.glob(text, recursive=True))  # noqa: PTH207  Path.glob takes no absolute patterns
        files = [f for p in found for f in (sorted(_walk(p, known, set())) if p.is_dir() else [p])]
        if not files:
            raise SanwenError("nothing matches", file=text, remedy="Check the pattern, and quote it")
        yield from files
    else:
        raise SanwenError("no such file or folder", file=text, remedy="Check the path")


def _walk(folder: Path, known: dict[str, str], skip: set[Path]) -> Iterator[Path]:
    for item in sorted(folder.iterdir()):
        if item.name.startswith((".", "~")) or item.name in _LEFT_OUT:
            continue
        if item.is_dir() and not item.is_symlink():
            if item.resolve() not in skip:
                yield from _walk(item, known, skip)
        elif item.suffix.lower() in known:
            yield item


def _name(where: Path, workspace: Workspace) -> str:
    """The path below a configured root of articles, folders joined by dots; elsewhere the file's own name."""
    for root in workspace.config.articles:
        base = (workspace.root / root).resolve()
        if where.is_relative_to(base):
            return ".".join(where.relative_to(base).with_suffix("").parts)
    return where.stem


def _shown(where: Path, given: Path, workspace: Workspace) -> str:
    root = workspace.root.resolve()
    return where.relative_to(root).as_posix() if where.is_relative_to(root) else given.name


def _without_clashes(tasks: list[Task], problems: list[SanwenError]) -> Plan:
    first: dict[str, Task] = {}
    for task in tasks:
        other = first.setdefault(task.name, task)
        if other is not task:
            problems.append(
                SanwenError(
                    f"its PO file would be {task.name}.po, as that of {other.path}",
                    file=task.path,
                    remedy="Rename one of them, or list their folder under `articles` in sanwen.toml",
                )
            )
    return Plan(tuple(t for t in tasks if first[t.name] is t), tuple(problems))
