"""Inflected forms of glossary words: readable cases under cases/glossary, and spellings."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.glossary.inflect import noun_forms, verb_forms
from pipeline.text.spelling import joins, spellings, split_prefix

LINES = (Path(__file__).parent / "cases" / "glossary" / "inflect.txt").read_text("utf-8").splitlines()
CASES = [line.split() for line in LINES if not line.startswith("#")]


@pytest.mark.parametrize("case", CASES, ids=lambda case: " ".join(case[:2]))
def test_forms(case):
    kind, word, *forms = case
    if kind == "not":
        assert not set(forms) & noun_forms(word)
    elif kind == "verb":
        assert set(forms) <= verb_forms(word)
    else:
        assert set(forms) <= noun_forms(word)
        assert all(word in noun_forms(form) for form in forms)


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("defence", "defense"),
        ("organisations", "organizations"),
        ("centre", "center"),
        ("programmes", "programs"),
        ("neighbouring", "neighboring"),
        ("mobilised", "mobilized"),
        ("normalize", "normalise"),
        ("labourers", "laborers"),
    ],
)
def test_british_and_american(word, other):
    assert other in spellings(word)
    assert word in spellings(other)


@pytest.mark.parametrize(
    "word", ["promise", "advise", "size", "prize", "seized", "four", "license", "crisis", "wise", "raised"]
)
def test_other_words_are_left_alone(word):
    assert spellings(word) - {word} <= {"licence"}


def test_prefixes_that_take_a_hyphen_or_not():
    assert split_prefix("nonproliferation") == ("non", "proliferation")
    assert split_prefix("reelection") == ("re", "election")
    assert split_prefix("cooperation") == ("co", "operation")
    assert split_prefix("reform") is None
    assert split_prefix("policy") is None
    assert joins("cease", "fire")
    assert joins("anti", "ballistic")
    assert not joins("re", "sign")
    assert not joins("f", "35")
