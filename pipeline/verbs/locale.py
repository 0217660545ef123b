"""sanwen locale: which locales there are; what reviewers always change, as overrides for a locale."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from pipeline.desk import Desk
from pipeline.errors import SanwenError
from pipeline.files import write_atomic
from pipeline.learn import Proposal, Reviewed, learn
from pipeline.po import remarks
from pipeline.text.conversion import lists
from pipeline.verbs._options import known_locales, one_locale, workspace_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """List (default), learn."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    actions.add_parser("list", help="the locales that are here (the default)")
    sub = actions.add_parser("learn", help="propose overrides from approved Traditional entries, with counts")
    sub.add_argument("locale", metavar="CODE", help="zh_TW, zh_HK ...")
    sub.add_argument("--least", type=int, default=2, metavar="N", help="how often a change must occur (default 2)")
    sub.add_argument("--write", action="store_true", help=f"add them to the locale's {lists.LEARNED}")
    sub.add_argument("--json", action="store_true", help="one JSON object a line")


def run(options: argparse.Namespace) -> int:
    """List the locales, or learn."""
    workspace = workspace_of([])
    desk = Desk(workspace)
    if options.action != "learn":
        for code in known_locales(workspace):
            locale = desk.locale(code)
            made = (
                f"from {locale.base} by OpenCC {locale.opencc or 'as it is'}"
                if locale.base
                else "by machine translation"
            )
            own = "" if code in workspace.config.locales else "  (not in sanwen.toml)"
            sys.stdout.write(f"{code:8} {locale.tag:12} {locale.name}, {made}{own}\n")
        return 0
    locale = desk.locale(one_locale(options.locale, workspace))
    if not locale.base:
        raise SanwenError(
            f"{locale.code} is not converted from another locale", remedy="Terms of it belong into the glossary"
        )
    reviewed = []
    for file in sorted(desk.po_folder(locale.code).glob("*.po")):
        for entry in desk.catalog(locale.code, file.stem).file:
            base = remarks.read(entry.tcomment).base
            if base and entry.msgstr and not entry.fuzzy and not entry.obsolete:
                reviewed.append(Reviewed(base, entry.msgstr))
    proposals = learn(reviewed, desk.converter(locale), least=options.least)
    for one in proposals:
        if options.json:
            row = {"source": one.source, "converted": one.converted, "preferred": one.preferred}
            sys.stdout.write(json.dumps({**row, "times": one.times, "kept": one.kept}, ensure_ascii=False) + "\n")
        else:
            sys.stdout.write(f"{one.times:4} × {one.source}: {one.converted} → {one.preferred} (left {one.kept} ×)\n")
    if options.write and proposals:
        _write(workspace.locales / locale.code, proposals)
    if not options.json:
        sys.stdout.write(f"{len(proposals)} proposals from {len(reviewed)} approved entries\n")
    return 0


def _write(folder: Path, proposals: list[Proposal]) -> None:
    """Add the proposals to the locale's list; what a person wrote there stays."""
    if not (folder / "locale.toml").is_file():
        raise SanwenError("this workspace has no data of the locale", file=folder, remedy="Call: sanwen init")
    file = folder / lists.LEARNED
    known = lists.read(file)
    text = (
        file.read_text(encoding="utf-8-sig")
        if file.is_file()
        else "# Reviewers' lasting preferences, by `sanwen locale learn`\n"
    )
    text += "" if text.endswith("\n") else "\n"
    new = [p for p in proposals if p.source not in known]
    text += "".join(f"{p.source}\t{p.preferred}\t{p.times} × approved, {p.kept} × left\n" for p in new)
    write_atomic(file, text.encode("utf-8"))
    sys.stdout.write(f"{len(new)} written to {file}\n")
