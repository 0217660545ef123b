"""sanwen glossary check."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict

from pipeline import plugins
from pipeline.config import Workspace
from pipeline.desk import Desk
from pipeline.errors import SanwenError
from pipeline.files import read_bytes
from pipeline.glossary.lint import check, rules
from pipeline.glossary.read import read
from pipeline.model import Severity
from pipeline.plan import plan
from pipeline.verbs._glossary_files import add_files, convert_of, files_of
from pipeline.verbs._options import workspace_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Files and form."""
    add_files(parser)
    parser.add_argument("--usage", action="store_true", help="also name entries that match nothing in the articles")
    parser.add_argument(
        "--articles", action="append", default=[], metavar="PATH", help="where --usage looks (default: the workspace's)"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--rules", action="store_true", help="list the rules")


def run(options: argparse.Namespace) -> int:
    """Print each problem; 1 if there is one that is more than information."""
    if options.rules:
        sys.stdout.write("".join(f"{rule}\n" for rule in rules()))
        return 0
    workspace = workspace_of([])
    desk = Desk(workspace)
    files = files_of(options, desk)
    usage = _texts(options.articles, workspace) if options.usage else None
    problems = check([read(f) for f in files], locales=workspace.config.locales, convert=convert_of(desk), usage=usage)
    bad = 0
    for one in problems:
        bad += one.severity is not Severity.INFO
        if options.json:
            sys.stdout.write(json.dumps(asdict(one), ensure_ascii=False) + "\n")
        else:
            sys.stdout.write(f"{one}\n")
    if not options.json:
        sys.stdout.write(f"{len(files)} glossaries: {bad} problems, {len(problems) - bad} notes\n")
    return 1 if bad else 0


def _texts(paths: list[str], workspace: Workspace) -> list[str]:
    """The articles' units. An article that cannot be read is an error: its terms would seem unused."""
    todo = plan(paths or [str(workspace.root / r) for r in workspace.config.articles], workspace)
    for problem in todo.problems:
        raise problem
    texts = []
    for task in todo.tasks:
        data = read_bytes(task.path, limit=workspace.config.max_megabytes << 20)
        article = plugins.load("formats", task.format).read(data, str(task.path))
        texts += [unit.source for unit in article.units()]
    if not texts:
        raise SanwenError("no article to look for terms in", remedy="Give --articles")
    return texts
