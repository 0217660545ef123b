"""Author's lines: which are names alone, how they are written, and what a glossary's names become in them."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.draft.people import people
from pipeline.model import Kind, Term, TermHit, Unit, Use
from pipeline.text import tags
from pipeline.text.affiliation import largest_first
from pipeline.text.byline import byline, written


def cases(name):
    lines = (Path(__file__).parent / "cases" / "byline" / name).read_text(encoding="utf-8").splitlines()
    each = [tuple(part.strip() for part in line.split(" | ")) for line in lines if line and not line.startswith("#")]
    return [pytest.param(*case, id=case[0][:40]) for case in each]


@pytest.mark.parametrize(("source", "wanted"), cases("bylines.txt"))
def test_byline(source, wanted):
    names = byline(source)
    assert (written(source, names, tuple(n.text for n in names)) if names else "-") == wanted


def test_forms_stand_in_the_places_of_names_and_tags_stay():
    source = "By <a1>Jane Doe</a1> and <a2>Henry Kissinger</a2>"
    assert written(source, byline(source), ("Jane Doe", "基辛格")) == "<a1>Jane Doe</a1>、<a2>基辛格</a2>"


TERMS = (
    Term("Visiting Fellow", {}, pos="noun"),
    Term("Professor", {}, pos="noun"),
    Term("Peking University", {}, pos="name"),
    Term("School of International Studies", {}, pos="name"),
    Term("Angela Merkel", {}, pos="name"),
    Term("Spring", {}, pos="name"),
)
FORMS = ("客座研究员", "教授", "北京大学", "国际关系学院", "默克尔", "春天")


@pytest.mark.parametrize(("source", "wanted"), cases("affiliations.txt"))
def test_affiliation(source, wanted):
    kind = Kind.AUTHOR if source.startswith("[") else Kind.AFFILIATION
    text = source.strip("[]")
    hits = [
        TermHit(at, at + len(term.source), term, form, Use.OPEN if term.source == "Spring" else Use.FOUND)
        for term, form in zip(TERMS, FORMS, strict=True)
        if (at := text.find(term.source)) >= 0
    ]
    found = people(Unit(text, text, kind, terms=tuple(sorted(hits, key=lambda h: h.start))))
    assert (found.target if found else "-") == wanted


@pytest.mark.parametrize(("source", "said", "wanted"), cases("order.txt"))
def test_the_largest_comes_first(source, said, wanted):
    assert largest_first(source, said) == (said if wanted == "=" else wanted)


def test_what_stays_in_english_is_named():
    assert people(Unit("By Jane Doe and John Roe", "", Kind.AUTHOR)).left == ("Jane Doe", "John Roe")


@given(st.lists(st.sampled_from(["By ", "Jane Doe", " and ", ", ", "<a1>", "</a1>", "<x2/>", "; ", "Li", "x", " "])))
def test_any_line_keeps_its_tags_in_order_and_its_names_in_order(parts):
    source = "".join(parts)
    if names := byline(source):
        target = written(source, names, tuple(n.text for n in names))
        tagged = [[p.text for p in tags.split(text) if p.role is not tags.Role.TEXT] for text in (source, target)]
        assert tagged[0] == tagged[1]
        assert all(a.end <= b.start for a, b in pairwise(names))
        assert "、".join(n.text for n in names) == tags.strip(target)


def test_hostile_lines_take_linear_time():
    begin = time.process_time()
    for text in ("By " * 100, "A, " * 100, "<a1>" * 70, "and " * 75, "By " + "A" * 290, "<a1" * 100000):
        byline(text)
    assert time.process_time() - begin < 2
