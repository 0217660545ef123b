"""Spellings that the embedded model's tokenizer knows, in the place of those that it takes apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.engine import Constraint, Request
from pipeline.engines._vocabulary import Vocabulary
from pipeline.model_card import read_card
from pipeline.text.familiar import replacements, respelled, respelled_aligned
from pipeline.text.normalise import normalise, normalise_aligned

MODEL = Path(__file__).parents[1] / "pipeline" / "models" / "en-zh"
VOCABULARY = Vocabulary(MODEL, read_card(MODEL))


def read(text):
    return respelled(text, replacements(text, VOCABULARY._weigh))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("The programme was organised with honour.", "The program was organized with honor."),
        ("a civilisation’s programmes", "a civilization’s programs"),
        ("the programme-based", "the programme-based"),  # within a compound
        ("The Programme of the Labour Party", "The Programme of the Labour Party"),  # names
        ("a program of defense", "a program of defense"),
        ("She wrote a cheque to check it.", "She wrote a cheque to check it."),
        ("https://a.org/programme @programme", "https://a.org/programme @programme"),
        ("", ""),
    ],
)
def test_the_spelling_that_is_known(written, expected):
    assert read(written) == expected


def test_places_stay_those_of_the_text():
    text = "The “programme” of civilisation ended."
    for word, wanted in (("programme", "方案"), ("civilisation", "文明")):
        at = text.index(word)
        ask = Request(text, (Constraint(at, at + len(word), wanted),))
        tokens, _ = VOCABULARY.encode(ask)
        places = {text[t.start : t.end] for t in VOCABULARY.sources(ask, tokens) if t.piece == "<as>"}
        assert places == {word}
    assert "program<as>方案" in VOCABULARY.text(Request(text, (Constraint(5, 14, "方案"),)))


LUMPS = ("programme", "honour", " ", "“", "…", "x", "É", "e\u0301", "-", "defence.")


@given(st.lists(st.sampled_from(LUMPS), max_size=12).map("".join))
def test_both_ways_agree_and_origins_go_up(text):
    base = normalise_aligned(text)
    found = replacements(base.text, VOCABULARY._weigh)
    new = respelled_aligned(base, found)
    assert new.text == respelled(normalise(text), found)
    assert len(new.text) == len(new.starts) == len(new.ends)
    assert list(new.starts) == sorted(new.starts)
    assert list(new.ends) == sorted(new.ends)
    assert read(new.text) == new.text
