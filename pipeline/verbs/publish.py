"""sanwen publish: Chinese articles in their own format, and a trilingual page, from the PO files."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from pipeline.desk import Desk
from pipeline.errors import SanwenError
from pipeline.files import write_atomic
from pipeline.page import build
from pipeline.plan import Task, plan
from pipeline.publish import Edition, edition, refuse
from pipeline.run import read_article
from pipeline.verbs._options import add_locale, locales_of, workspace_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Paths and switches."""
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="articles: files, folders, globs (default: the workspace's)"
    )
    add_locale(parser)
    parser.add_argument(
        "--drafts", action="store_true", help="publish what nobody has approved yet, marked as drafts on the page"
    )
    parser.add_argument("--output", "-o", metavar="FOLDER", help="where (default: sanwen.toml's publish.folder)")
    parser.add_argument("--no-page", action="store_true", help="no trilingual HTML page")


def run(options: argparse.Namespace) -> int:
    """Publish all; 1 if an article was refused or failed."""
    workspace = workspace_of(options.paths)
    codes = locales_of(options, workspace)
    desk = Desk(workspace)
    out = Path(options.output) if options.output else workspace.root / workspace.config.publish.folder
    todo = plan(options.paths or [str(workspace.root / r) for r in workspace.config.articles], workspace)
    failed = len(todo.problems)
    for problem in todo.problems:
        sys.stderr.write(f"sanwen: {problem}\n")
    for task in todo.tasks:
        try:
            for file in _article(task, codes, desk, out=out, options=options):
                sys.stdout.write(f"{file}\n")
        except SanwenError as problem:
            failed += 1
            sys.stderr.write(f"sanwen: {problem}\n")
    return 1 if failed else 0


def _article(task: Task, codes: tuple[str, ...], desk: Desk, *, out: Path, options: argparse.Namespace) -> list[Path]:
    """Write one article's editions and page. All are made before the first is written: never half of an article."""
    workspace = desk.workspace
    article = read_article(task, workspace)
    editions: list[Edition] = []
    for code in codes:
        one = edition(article, desk.catalog(code, task.name), desk.locale(code))
        problem = refuse(one, drafts=options.drafts)
        if problem is not None:
            raise problem
        editions.append(one)
    files = {out / one.locale.code / f"{task.name}{task.path.suffix}": one.write() for one in editions}
    if not options.no_page:
        page = build(
            article,
            {one.locale.code: one.article for one in editions},
            {one.locale.code: one.locale for one in editions},
            name=task.name,
            site=workspace.config.publish.site,
        )
        files[out / f"{task.name}.html"] = page.encode("utf-8")
    for file, data in files.items():
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as problem_:
            raise SanwenError(
                f"cannot be made: {problem_.strerror}", file=file.parent, remedy="Give --output"
            ) from problem_
        write_atomic(file, data)
    return list(files)
