"""Inline tags: cutting, comparing and rendering."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Mark
from pipeline.text import tags
from pipeline.text.tags import Piece, Role

TEXT = st.lists(
    st.sampled_from(["<", ">", "/", "&", "a", "b", "1", "2", ";", "lt;", "amp;", "&lt;", "&amp;", "<a1>", "</a1>", "<x2/>", " ", "中"])
).map("".join)  # fmt: skip


@given(TEXT)
def test_escape_can_be_undone_and_leaves_no_tag(text):
    escaped = tags.escape(text)
    assert tags.unescape(escaped) == text
    assert not tags.names(escaped)
    assert tags.strip(escaped) == text


@given(TEXT)
def test_pieces_join_to_the_source(text):
    source = f"<a1>{tags.escape(text)}</a1>{tags.escape(text)}"
    assert "".join(p.text if p.role is not Role.TEXT else tags.escape(p.text) for p in tags.split(source)) == source


def test_split():
    assert tags.split("See <a1>the <b2>U.S.</b2></a1><x3/> & <y> &lt;a1>") == [
        Piece(Role.TEXT, "See "),
        Piece(Role.OPEN, "<a1>", "a1"),
        Piece(Role.TEXT, "the "),
        Piece(Role.OPEN, "<b2>", "b2"),
        Piece(Role.TEXT, "U.S."),
        Piece(Role.CLOSE, "</b2>", "b2"),
        Piece(Role.CLOSE, "</a1>", "a1"),
        Piece(Role.ALONE, "<x3/>", "x3"),
        Piece(Role.TEXT, " & <y> <a1>"),
    ]
    assert tags.names("<a1>x</a1><x2/><x2/>") == Counter({"<x2/>": 2, "<a1>": 1, "</a1>": 1})
    assert tags.kind("code12") == "code"


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("<a1>甲</a1><b2>乙</b2><x3/>", []),
        ("<x3/><b2>乙<a1>甲</a1></b2>", []),
        ("<a1>甲</a1><x3/>", ["missing <b2>", "missing </b2>"]),
        ("<a1>甲</a1><b2>乙</b2>", ["missing <x3/>"]),
        ("<a1>甲</a1><b2>乙</b2><x3/><x3/>", ["extra <x3/>"]),
        ("<a1>甲<b2></a1>乙</b2><x3/>", ["misnested </a1>"]),
        ("</a1>甲<a1><b2>乙</b2><x3/>", ["misnested </a1>", "misnested <a1>"]),
        ("<a1>甲</a1><b2>乙</b2><x3/><i4>丙</i4>", ["extra <i4>", "extra </i4>"]),
    ],
)
def test_check(target, found):
    source = "<a1>One</a1> <b2>two</b2><x3/>"
    assert [f"{p.rule} {p.tag}" for p in tags.check(source, target)] == found


def test_only_styling_may_be_left_out_of_what_is_written():
    source = "<a1>One</a1> <b2>two</b2><x3/>"
    assert tags.breaks(source, "<a1>一</a1>二<x3/>") == []
    assert [p.tag for p in tags.breaks(source, "一<b2>二</b2><x3/>")] == ["<a1>", "</a1>"]
    assert [p.tag for p in tags.breaks(source, "<a1>一</a1><b2>二<x3/>")] == ["</b2>", "<b2>"]


def test_render():
    marks = (Mark("a1", "[", "](u)"), Mark("x2", "`c`"))
    assert (
        tags.render("<a1>甲<x2/></a1>&lt;a1>*<y9/>", marks, lambda t: t.replace("*", "\\*")) == "[甲`c`](u)<a1>\\*<y9/>"
    )


def test_many_tags_take_no_time():
    source = "<a1>" * 50_000 + "x" + "<" * 100_000
    assert tags.check(source, source)
