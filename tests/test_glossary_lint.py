"""The rules of `sanwen glossary check`: each has a case under cases/glossary/rules and a place in the documentation."""

from __future__ import annotations

import dataclasses
import importlib
import json
from pathlib import Path

import pytest

from pipeline import plugins
from pipeline.glossary import lint
from pipeline.glossary.read import parse

REPO = Path(__file__).parent.parent
CASES = Path(__file__).parent / "cases" / "glossary" / "rules"
RULES = plugins.names("glossary/rules")


def convert(text, code):
    """A small faithful conversion."""
    return text.translate(str.maketrans("军国导弹数组织机战约时报计划场准", "軍國導彈數組織機戰約時報計劃場準"))


@pytest.mark.parametrize("rule", RULES)
def test_case(rule):
    table, _, rest = (CASES / f"{rule}.txt").read_text("utf-8").partition("---\n")
    expected = [line for line in rest.splitlines() if line and not line.startswith("usage: ")]
    usage = [line.removeprefix("usage: ") for line in rest.splitlines() if line.startswith("usage: ")] or None
    file = parse(table.encode(), "case.csv")
    assert not file.problems
    found = [p for p in lint.check([file], convert=convert, usage=usage) if p.rule == rule.replace("_", "-")]
    told = [f"{p.line} {p.column} {p.severity} {p.message}" for p in found]
    assert len(told) == len(expected), told
    for line, start in zip(told, expected, strict=True):
        assert line.startswith(start)
    for problem in found:
        assert problem.file == "case.csv"
        assert problem.hint.endswith(".")
        assert json.loads(json.dumps(dataclasses.asdict(problem)))["rule"] == rule.replace("_", "-")


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_is_documented(rule):
    assert importlib.import_module(f"pipeline.glossary.rules.{rule}").__doc__
    assert f"| `{rule.replace('_', '-')}` |" in (REPO / "docs" / "glossary.md").read_text("utf-8")


def test_reading_and_layering_have_their_say_and_all_is_in_order():
    first = parse("source,zh_CN\nb,甲(\na,甲,x\n".encode(), "first.csv")
    second = parse("source,zh_CN\nb,乙\n".encode(), "second.csv")
    told = [(p.file, p.line, p.rule) for p in lint.check([first, second])]
    assert told == [("first.csv", 2, "brackets"), ("first.csv", 3, "malformed-row"), ("second.csv", 2, "layered")]


def test_clean_glossary_has_no_problems():
    file = parse("source,pos,zh_CN,zh_TW\ndétente,noun,缓和,\nU.S.,name,美国,美國\n".encode(), "clean.csv")
    assert lint.check([file], convert=convert, usage=["The U.S. wants détente."]) == []
