"""Capitals that are a sentence's or a long name's, with the tokenizer that the embedded model has."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.engine import Constraint, Request
from pipeline.engines._vocabulary import Vocabulary
from pipeline.model_card import read_card
from pipeline.text.capitals import without_capitals

MODEL = Path(__file__).parents[1] / "pipeline" / "models" / "en-zh"
VOCABULARY = Vocabulary(MODEL, read_card(MODEL))


def read(text):
    return without_capitals(text, VOCABULARY._weigh)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Visas are restricted.", "visas are restricted."),
        ("Shortly, talks resumed. Investors fled.", "shortly, talks resumed. investors fled."),
        ('He said: "Negotiations have failed."', 'He said: "negotiations have failed."'),
        ("Iranian Ports and Maritime Administration staff", "Iranian Ports and maritime Administration staff"),
        ("It became a Category 4 hurricane.", "It became a category 4 hurricane."),
    ],
)
def test_a_common_word_loses_the_capital_that_takes_it_apart(written, expected):
    assert read(written) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The talks failed. However, China agreed.",  # capitals that the model knows
        "Lay said the letters had a message.",
        "Moon visited Washington, and Hunt stayed.",
        "Polish leaders met Turkey's.",
        "Rice, who had been there, left.",
        "Stone Phillips reported it.",
        "In 2013 Guardian readers knew.",
        "It was Condoleezza Rice.",
        "They met Secretary Rice and General Holder.",
        "The North Field is the largest.",
        "Visas",  # all there is
        "Double-Dip fears",
        "NATO and iPhone",
        "",
        "。",
    ],
)
def test_names_stay(text):
    assert read(text) == text


def test_what_the_lexicon_knows_is_still_found():
    text = "Visas of Guardian reporters were restricted."
    assert [(text[c.start : c.end], c.target) for c in VOCABULARY.suggest(text, (), named=False)] == [
        ("Guardian", "卫报")
    ]


def test_a_term_keeps_its_place():
    text = "Visas for Maritime Administration staff"
    at = text.index("Maritime")
    ask = Request(text, (Constraint(at, at + len("Maritime Administration"), "海事局"),))
    assert VOCABULARY.text(ask) == "visas for <term>maritime Administration<as>海事局</term> staff"
    tokens, _ = VOCABULARY.encode(ask)
    marked = {text[t.start : t.end] for t in VOCABULARY.sources(ask, tokens) if t.piece == "<as>"}
    assert marked == {"Maritime Administration"}


def test_the_capitals_of_an_office_are_its_own():
    office = "Senior Officer, Maritime Administration"
    assert VOCABULARY.text(Request(office, named=True)) == office


@given(st.lists(st.sampled_from([*'ABCab.,:"“ -’', "Visas", "Rice", " Maritime", "ÉÉ", "ß", "中"])).map("".join))
def test_only_capitals_change(text):
    new = read(text)
    assert len(new) == len(text)
    assert new.lower() == text.lower()
    assert read(new) == new or new != text


@pytest.mark.parametrize("unit", ["Visas ", "A", "Visas. ", '"Visas', "Visas and of the "])
def test_time_is_linear(unit):
    text = unit * (60_000 // len(unit))
    began = time.process_time()
    read(text)
    assert time.process_time() - began < 5
