"""sanwen run: articles to PO files. An approved target is never changed; running again goes on where it stopped."""

from __future__ import annotations

import argparse
import os

from pipeline import plugins, pool
from pipeline.desk import Desk
from pipeline.errors import SanwenError
from pipeline.glossary.layer import load
from pipeline.plan import Task, plan
from pipeline.progress import Progress
from pipeline.run import MakeRunner, Options, Report, Runner, worst
from pipeline.verbs._options import add_locale, locales_of, workspace_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Paths and switches."""
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="files, folders, globs (default: the workspace's `articles`)"
    )
    add_locale(parser)
    parser.add_argument("--engine", "-e", default="", metavar="NAME", help="what translates (default: sanwen.toml's)")
    parser.add_argument(
        "--glossary",
        "-g",
        action="append",
        default=[],
        metavar="FILE",
        help="a term base over the workspace's; later ones win",
    )
    parser.add_argument(
        "--jobs", "-j", type=_count, default=0, metavar="N", help="articles at a time (default: one a processor)"
    )
    parser.add_argument("--dry-run", "-n", action="store_true", help="do everything but write")
    parser.add_argument(
        "--force", "-f", action="store_true", help="make machine drafts anew; what a person touched stays"
    )
    parser.add_argument("--quiet", "-q", action="store_true", help="no progress, only problems and the table")
    parser.add_argument("--findings", action="store_true", help="list every finding, not only their number")


def _count(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 256:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number from 1 to 256")
    return int(text)


def run(options: argparse.Namespace) -> int:
    """Process all articles; 0 if all is fine, 1 if one failed or has findings."""
    workspace = workspace_of(options.paths)
    locales = locales_of(options, workspace)
    paths = options.paths or [str(workspace.root / root) for root in workspace.config.articles]
    todo = plan(paths, workspace)
    desk = Desk(workspace, options.engine, tuple(options.glossary))
    order = [x.code for x in desk.order(locales)]
    jobs = min(options.jobs or min(_processors(), 8), len(todo.tasks))
    if options.engine:  # a wrong name is one error, not one an article
        plugins.load("engines", options.engine)
    if options.engine and todo.tasks:
        desk.engine()
    if todo.tasks:
        if jobs > 1:  # as is a broken glossary
            load(desk.glossary_files())
        else:
            desk.terms()
        desk.refresh_memory(order)
    settings = Options(
        tuple(order), options.engine, tuple(options.glossary), options.force, options.dry_run, options.debug
    )
    reports: list[Report] = []
    with Progress(len(todo.tasks), quiet=options.quiet) as progress:
        for problem in todo.problems:
            progress.failed(problem)
        make = MakeRunner(workspace, settings) if jobs > 1 else lambda: Runner(workspace, settings, desk)
        answers = pool.run(todo.tasks, make, jobs)
        for task, answer in answers:
            report = answer if isinstance(answer, Report) else _died(task, answer)
            reports.append(report)
            progress.done(report)
    progress.table(reports, dry_run=options.dry_run, findings=options.findings)
    return 1 if todo.problems or any(map(worst, reports)) else 0


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _died(task: Task, death: pool.Died) -> Report:
    how = f"was killed by signal {-death.code}" if death.code and death.code < 0 else f"ended with status {death.code}"
    problem = SanwenError(
        f"the worker {how}", file=task.path, remedy="Memory may be short: try --jobs 1. Its PO files are whole"
    )
    return Report(task, error=problem)
