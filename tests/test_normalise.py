"""The runtime's normalisation: golden cases, the origin of characters, and equality with the training's."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.text.normalise import normalise, normalise_aligned

TRAINING = Path(__file__).parents[1] / "training" / "normalise.py"
TEXTS = st.text() | st.text(alphabet="AB cde\u0301İßΣ\u00a0\u2026’“\u200b\t <term>9é\u1100\u1161\u11a8", max_size=40)

CASES = {
    "He said, “It’s over…”": 'He said, "It\'s over..."',
    "  2014–2016\u00a0was\u200b\n hard ": "2014-2016 was hard",
    "cafe\u0301 and co\u00adoperation": "café and cooperation",
    "JAPAN’S ECONOMY IS SLOWING": "Japan's economy is slowing",
    "NATO AND THE EU": "Nato and the eu",
    "“NATO AND THE EU MEET”": '"Nato and the eu meet"',
    "NATO and EU": "NATO and EU",
    "U.S. GDP": "U.S. GDP",
    "— a dash stays —": "— a dash stays —",
    "": "",
    " \u200b ": "",
}


@pytest.mark.parametrize("text", CASES)
def test_golden(text):
    assert normalise(text) == CASES[text]


@given(TEXTS)
@example("ß" + "ABC DEF GHI")
@example("İ IS SHOUTED HERE TOO")
@example("\u0958 NFC excludes this one")
@example("\u0f73\u0f71")
def test_aligned_is_the_same_text(text):
    aligned = normalise_aligned(text)
    assert aligned.text == normalise(text)
    assert len(aligned.starts) == len(aligned.ends) == len(aligned.text)
    assert list(aligned.starts) == sorted(aligned.starts)
    assert list(aligned.ends) == sorted(aligned.ends)
    assert all(0 <= a < b <= len(text) for a, b in zip(aligned.starts, aligned.ends, strict=True))


@pytest.mark.parametrize(
    ("text", "part", "becomes"),
    [
        ("He said, “Détente… or war?”", "Détente…", "Détente..."),
        ("see  De\u0301tente\u00a0 now", "De\u0301tente", "Détente"),
        ("THE SOVIET UNION IS BACK", "SOVIET UNION", "soviet union"),
        ("gone\u200b", "\u200b", ""),
    ],
)
def test_spans_follow_the_text(text, part, becomes):
    aligned = normalise_aligned(text)
    start, end = aligned.span(text.index(part), text.index(part) + len(part))
    assert aligned.text[start:end] == becomes


@given(TEXTS)
@example("THE <term>X<as>Y</term> IS ALL CAPITALS")
def test_same_as_in_training(text):
    spec = importlib.util.spec_from_file_location("training_normalise", TRAINING)
    training = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(training)
    assert normalise(text) == training.normalise(text)
