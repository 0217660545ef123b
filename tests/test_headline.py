"""A headline's capitals, with the tokenizer that the embedded model has."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.engine import Constraint, Request
from pipeline.engines._vocabulary import Vocabulary
from pipeline.model_card import read_card
from pipeline.text.headline import looks_like_one, recased, sentence_case
from pipeline.text.normalise import normalise

MODEL = Path(__file__).parents[1] / "pipeline" / "models" / "en-zh"
VOCABULARY = Vocabulary(MODEL, read_card(MODEL))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("ASEAN Cannot Wait for a Perfect Code of Conduct", "ASEAN cannot wait for a perfect code of conduct"),
        ("Why Europe Must Rebuild Its Economy", "Why Europe must rebuild its economy"),
        ("Putin and Trump Agree to Resume Talks", "Putin and Trump agree to resume talks"),
        ("The Federal Reserve Will Wait, Says White House", "The Federal Reserve will wait, says White House"),
        ("New York and North Korea Will Not Change", "New York and North Korea will not change"),
        ("Sanctions Are Failing", "Sanctions are failing"),
        ("A Question of Trust: How NATO Won", "A question of trust: how NATO won"),
        ("SANCTIONS ON IRAN ARE BACK", "Sanctions on Iran are back"),
        ("“SANCTIONS ON IRAN ARE BACK,” HE SAID", '"Sanctions on Iran are back," he said'),
        ("THE UNITED STATES AND CHINA", "The United states and China"),  # what a word at a time can tell
    ],
)
def test_a_headline_is_read_as_running_text(written, read):
    assert recased(written, normalise(written), VOCABULARY._weigh) == read


@pytest.mark.parametrize(
    "text",
    [
        "Both sides agreed to resume arms control talks.",
        "John Smith, Mary Jones and Peter Brown",
        "Climate Change",
        "Foreign Affairs",
        "He met President Putin in Moscow.",
        "Vladimir Putin and Donald Trump met in Helsinki.",
        "IAEA, NATO and OSCE",
        "<term>Cannot<as>不能</term> Wait",
        "",
        "!",
    ],
)
def test_what_is_no_headline_stays(text):
    assert sentence_case(text, VOCABULARY._weigh) == text


@given(st.text())
def test_only_capitals_change(text):
    normal = normalise(text)
    new = recased(text, normal, VOCABULARY._weigh)
    assert len(new) == len(normal)
    assert new.lower() == normal.lower()


@given(
    st.lists(st.sampled_from(["The", "Talks", "Have", "Failed", "Again", "in", "Geneva", "and", "Nobody"]), min_size=3)
)
def test_what_was_read_as_running_text_is_so_still(words):
    once = sentence_case(" ".join(words), VOCABULARY._weigh)
    assert not looks_like_one(once) or sentence_case(once, VOCABULARY._weigh) == once


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("Is Another Attack Imminent?", "Is another attack imminent<as>迫在眉睫</term>?"),  # `imminent` falls apart
        ("Jeff Flake Leaves the House", "Jeff Flake<as>杰夫·弗莱克</term> leaves the House"),
        ("Why Jeff Flake Matters Again", "Why Jeff Flake<as>杰夫·弗莱克</term> matters again"),
    ],
)
def test_a_word_that_the_lexicon_knows_is_no_name_unless_it_stands_behind_one(text: str, reads: str) -> None:
    assert VOCABULARY.text(Request(text, VOCABULARY.suggest(text, (), named=False))) == reads


def test_without_a_lexicon_a_word_that_falls_apart_may_be_a_name() -> None:
    alone = Vocabulary(MODEL, read_card(MODEL), lexicon=False)
    assert alone.text(Request("Is Another Attack Imminent?")) == "Is another attack Imminent?"


def test_the_capitals_of_an_office_are_its_own():
    office = "Senior Fellow, Carnegie Endowment for International Peace"
    assert VOCABULARY.text(Request(office, named=True)) == office
    assert VOCABULARY.text(Request(office)) != office


def test_a_term_in_a_headline_keeps_its_place():
    text = "Europe Must Live With Nuclear Weapons Again"
    at = text.index("Nuclear")
    ask = Request(text, (Constraint(at, at + len("Nuclear Weapons"), "核武器"),))
    assert VOCABULARY.text(ask) == "Europe must live with <term>nuclear weapons<as>核武器</term> again"
    tokens, _ = VOCABULARY.encode(ask)
    assert {text[t.start : t.end] for t in VOCABULARY.sources(ask, tokens) if t.piece == "<as>"} == {"Nuclear Weapons"}
