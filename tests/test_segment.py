"""Golden cases of segmentation (tests/cases/segment), its properties, and its agreement with sentencex alone."""

from __future__ import annotations

import json
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sentencex import segment as sentencex

from pipeline.text.segment import segment

CASES = Path(__file__).parent / "cases" / "segment"


def golden(*names):
    """(text, sentences) of case files: one case a line, ` | ` for the space between two sentences; # is a comment."""
    for path in sorted(CASES.glob("*.txt")):
        if names and path.stem not in names:
            continue
        for line in path.read_text("utf-8").splitlines():
            if line and not line.startswith("#"):
                yield line.replace(" | ", " "), line.split(" | ")


def sentences(text, **options):
    return [text[start:end] for start, end in segment(text, **options)]


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*c, id=c[0][:40]) for c in golden()])
def test_golden(text, expected):
    assert sentences(text) == expected


def test_there_are_enough_cases():
    assert len(list(golden())) >= 180


@pytest.mark.shared
def test_shared_cases(shared):
    lines = (shared / "eval" / "segmentation_cases.jsonl").read_text("utf-8").splitlines()
    wrong = [case["text"] for case in map(json.loads, lines) if sentences(case["text"]) != case["sentences"]]
    assert wrong == []


def test_informal_text_is_no_worse_than_sentencex_alone():
    """Mail and reviews: whatever sentencex gets right alone, the policy layer leaves right."""
    for text, expected in golden("informal"):
        if [piece.strip() for piece in sentencex("en", text)] == expected:
            assert sentences(text) == expected


def test_newlines_end_sentences_unless_wrapped():
    text = "The Limits of\nDétente\r\n\r\nRelations are bad. They could\nget worse.\u2028End"
    assert sentences(text) == ["The Limits of", "Détente", "Relations are bad.", "They could", "get worse.", "End"]
    assert sentences(text, wrapped=True) == [
        "The Limits of\nDétente",
        "Relations are bad.",
        "They could\nget worse.",
        "End",
    ]


def test_wrapped_lines_keep_the_rules():
    assert sentences("He met Sen.\nRubio at 9 a.m.\nTuesday. “Go.\nStay.”", wrapped=True) == [
        "He met Sen.\nRubio at 9 a.m.\nTuesday.",
        "“Go.",
        "Stay.”",
    ]


def test_a_missing_space_takes_no_quotation_mark_from_its_sentence():
    assert sentences("He signed.“We had no choice,” he said.") == ["He signed.", "“We had no choice,” he said."]
    assert sentences("The act “lapsed”.Then it was renewed.") == ["The act “lapsed”.", "Then it was renewed."]


def test_odd_characters_are_left_alone():
    assert sentences("One\0 thing. \ud800 Two. 𝒳 é. Ten.") == ["One\0 thing.", "\ud800 Two.", "𝒳 é.", "Ten."]


def test_tags_stay_whole():
    text = "It <a1>ended.</a1><x2/> <b3>The rest.</b3>"
    assert sentences(text) == ["It <a1>ended.</a1><x2/>", "<b3>The rest.</b3>"]


ALPHABET = st.sampled_from(
    [
        *"Mr. U.S. a.m. The it 3. [1] ¹ “ ” \" ' ( ) . ! ? … <a1> </a1> <x2/> \ud800 \0 。 Putin 12".split(" "),  # noqa: SIM905
        *[". . .", " ", " ", "\n", "\n\n", "\r\n", "\t", "\u00a0", "\u2028", "\x85"],
    ]
)
TEXTS = st.lists(ALPHABET, max_size=40).map("".join) | st.text(max_size=60)


@settings(deadline=None)
@given(TEXTS, st.booleans())
def test_spans_cover_the_text(text, wrapped):
    spans = segment(text, wrapped=wrapped)
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    assert edges == sorted(edges)
    for start, end in spans:
        assert start < end
        assert text[start:end] == text[start:end].strip()
    for left, right in pairwise(edges):
        if (left, right) not in spans:
            assert not text[left:right].strip()


@settings(deadline=None)
@given(TEXTS)
def test_no_line_is_crossed(text):
    assert all("\n" not in text[start:end] for start, end in segment(text))


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    [
        "The U.S. said no. “We will not. It is over,” he said (in 2014.[1]) He left. ",
        ". ", ".", "? ! ", "(A. B. ", '"A. ', "A.", " ", "\n ", "\r\n", "[1]", ".*", "x", "<a1>", "'", "(", "a.[", ".\u00a0",
    ],
)  # fmt: skip
def test_time_is_linear(unit):
    times = []
    for size in (10_000, 50_000):
        text = unit * (size // len(unit))
        began = time.process_time()
        segment(text)
        segment(text, wrapped=True)
        times.append(time.process_time() - began)
    assert times[1] < max(12 * times[0], 0.5)
