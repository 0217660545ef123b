"""Promises of typography for any text: twice is once, and what must not be touched is not."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.locale_data import all_locales
from pipeline.model import Kind, Typography
from pipeline.text.typography import explain, polish
from pipeline.text.typography.line import parse
from pipeline.text.typography.order import RULES

HOUSES = [locale.typography for locale in all_locales().values()] + [Typography(space=True)]
TAG = re.compile(r"</?[a-z]{1,16}[0-9]{1,6}/?>")
URL = "https://example.org/a,b?c=1&d=(2)"

PIECES = st.sampled_from(
    [
        *"他说是的北约特朗普。，、；：？！“”‘’「」『』（）()《》—-–…·•.．,;:!?\"' \u3000\u00a0%$€５０Ａ１12a'sB",
        *("<a1>", "</a1>", "<b2>", "</b2>", "<x3/>", "U.S.", "...", "--", "10,000", "US$34 billion", "3.5", "&lt;a1>"),
        *(
            "percent",
            "million",
            URL,
            "x@y.org",
            "`a, b`",
            "{name}",
            "\U000f0000",
            "\ue000",
            "\n",
            "唐纳德.特朗普",
            "\ud800",
        ),
    ]
)
TEXTS = st.lists(PIECES, max_size=24).map("".join) | st.text(max_size=40)


@settings(max_examples=600, deadline=None)
@given(TEXTS, st.sampled_from(HOUSES), st.sampled_from(list(Kind)), TEXTS)
@example("“他说：“不行”。”", HOUSES[0], Kind.SENTENCE, "")
@example("他 <b1> NATO </b1> 说", Typography(space=True), Kind.SENTENCE, "")
def test_polishing_twice_is_polishing_once(text, house, kind, source):
    once = polish(text, house, kind=kind, source=source)
    assert polish(once, house, kind=kind, source=source) == once


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.sampled_from(HOUSES), TEXTS)
def test_tags_come_through_in_their_order(text, house, source):
    assert TAG.findall(polish(text, house, source=source)) == TAG.findall(text)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(["他说", "，", "。", " ", "NATO", "《", "”", "（", "："]), max_size=6).map("".join),
    st.sampled_from(HOUSES),
)
def test_addresses_and_code_are_not_touched(text, house):
    for piece in (URL, "www.state.gov/a.b", "first.last@example.org", "`f(a, b)...`", "{count}"):
        assert piece in polish(f"{text}{piece} {text}", house)


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(max_codepoint=0x7F, exclude_categories=["Cc"]), max_size=60), st.sampled_from(HOUSES))
def test_english_is_left_alone_but_for_spaces(text, house):
    assert "".join(polish(text, house).split()) == "".join(text.split())


@given(TEXTS)
def test_a_line_is_put_together_again(text):
    assert str(parse(text)) == text


@given(TEXTS, st.sampled_from(HOUSES))
def test_explain_speaks_exactly_when_something_changes(text, house):
    changes = explain(text, house)
    assert bool(changes) == (polish(text, house) != text)
    assert all(change.rule in RULES and change.before != change.after for change in changes)


@pytest.mark.parametrize("name", RULES)
def test_a_rule_can_be_switched_off(name):
    others = tuple(rule for rule in RULES if rule != name)
    text = '他说,"北约(NATO) ５ % --唐纳德•特朗普... US$3 billion."'
    assert name not in {change.rule for change in explain(text, Typography(rules=others))}
