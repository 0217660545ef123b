"""Typography by example: tests/cases/typography."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import SanwenError
from pipeline.locale_data import load
from pipeline.model import Kind, Typography
from pipeline.text.typography import explain, polish

CASES = Path(__file__).parent / "cases" / "typography"
MAINLAND, TAIWAN = load("zh_CN").typography, load("zh_TW").typography


def cases(name: str) -> list[tuple[str, str, str]]:
    lines = [line for line in (CASES / name).read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    return [tuple(cell.strip() for cell in line.split(" | ")) for line in lines]


@pytest.mark.parametrize(("text", "mainland", "taiwan"), cases("marks.txt"))
def test_marks(text, mainland, taiwan):
    assert polish(text, MAINLAND) == mainland
    assert polish(text, TAIWAN) == taiwan


@pytest.mark.parametrize(("source", "text", "polished"), cases("works.txt"))
def test_works_have_their_marks(source, text, polished):
    assert polish(text, MAINLAND, source=source) == polished


@pytest.mark.parametrize(
    ("text", "space"),
    [
        ("他在NATO工作", "他在 NATO 工作"),
        ("占5%的人", "占 5% 的人"),
        ("在<b1>NATO</b1>中", "在 <b1>NATO</b1> 中"),
        ("他说，OK", "他说，OK"),
    ],
)
def test_a_house_may_want_spaces(text, space):
    assert polish(text, Typography(space=True)) == space
    assert polish(space, Typography(space=False)) == text


@pytest.mark.parametrize("kind", [Kind.TITLE, Kind.HEADING, Kind.SECTION, Kind.AUTHOR])
def test_a_heading_has_no_full_stop(kind):
    assert polish("缓和的前景。", MAINLAND, kind=kind) == "缓和的前景"
    assert polish("缓和的前景.", MAINLAND, kind=kind) == "缓和的前景"
    assert polish("缓和有前景吗？", MAINLAND, kind=kind) == "缓和有前景吗？"


def test_a_sentence_keeps_its_full_stop():
    assert polish("缓和的前景。", MAINLAND, kind=Kind.ITEM) == "缓和的前景。"


def test_a_british_sentence_inside_a_quotation_keeps_its_inner_marks():
    assert polish("‘重启’失败了。", MAINLAND, source="The ‘reset’ failed.") == "‘重启’失败了。"


def test_explain_names_the_rule_and_shows_the_place():
    changes = explain("他说,唐纳德•特朗普很好", MAINLAND)
    assert [(change.rule, change.after) for change in changes] == [
        ("interpunct", "他说,唐纳德·特朗普很好"),
        ("marks", "他说，唐纳德·特朗"),
    ]


def test_an_unknown_rule_is_refused_with_the_nearest():
    with pytest.raises(SanwenError, match="no typographic rule 'quote'"):
        polish("他", Typography(rules=("quote",)))
