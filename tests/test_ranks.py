"""Ranks before names, which the embedded model is given in full."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.engine import Constraint, Request
from pipeline.engines._vocabulary import Vocabulary
from pipeline.model_card import read_card
from pipeline.text.ranks import ranks

MODEL = Path(__file__).parents[1] / "pipeline" / "models" / "en-zh"
VOCABULARY = Vocabulary(MODEL, read_card(MODEL))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Rep. Jamie Raskin met Sen. Mitch McConnell.", "Representative Jamie Raskin met Senator Mitch McConnell."),
        ("He told Reps. Schiff and Nadler", "He told Representatives Schiff and Nadler"),
        ("Lt. Gov. Dan Patrick, Lt. Col. Wood", "Lieutenant Governor Dan Patrick, Lieutenant Colonel Wood"),
        ("State Sen. Amy Park", "State Senator Amy Park"),
        ("He ran against then-Sen. Obama", "He ran against then-Senator Obama"),
        ("He met Gen. Smith and Dr. Fauci", "He met Gen. Smith and Dr. Fauci"),  # known as they are
        ("the work of Amartya Sen.", "the work of Amartya Sen."),  # a name at the end
        ("the sales rep. Jane Doe", "the sales rep. Jane Doe"),
        ("a col. of smoke, Col. 3", "a col. of smoke, Col. 3"),
        ("www.Rep. Com", "www.Rep. Com"),
        ("", ""),
    ],
)
def test_a_rank_before_a_name_is_read_in_full(written: str, expected: str) -> None:
    assert VOCABULARY.text(Request(written)) == expected


def test_a_term_s_place_is_that_of_the_text_as_written() -> None:
    text = "Rep. Jamie Raskin said so."
    ask = Request(text, (Constraint(5, 17, "杰米·拉斯金"),))
    assert VOCABULARY.text(ask) == "Representative <term>Jamie Raskin<as>杰米·拉斯金</term> said so."
    tokens, _ = VOCABULARY.encode(ask)
    assert {text[t.start : t.end] for t in VOCABULARY.sources(ask, tokens) if t.piece == "<as>"} == {"Jamie Raskin"}


def test_the_lexicon_takes_no_rank_for_a_name() -> None:
    asked = VOCABULARY.suggest("Sen. Ted Cruz voted.", (), named=False)
    assert all(constraint.start >= len("Sen.") for constraint in asked)


@given(st.lists(st.sampled_from(["Rep.", "Lt.", "Gov.", "Col.", " ", "A", "a", "-", "É"]), max_size=10).map("".join))
def test_ranks_are_in_order_and_stand_as_they_are_found(text: str) -> None:
    found = ranks(text)
    assert found == sorted(found)
    assert all(text[start:end].endswith(".") and text[end : end + 1] == " " for start, end, _ in found)
    assert all(a[1] <= b[0] for a, b in pairwise(found))
