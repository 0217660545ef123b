"""Repetition loops: what is one, what only looks like one."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.text.loops import bracketed_once, loop, trim


@pytest.mark.parametrize(
    ("text", "trimmed"),
    [
        ("双方讨论讨论讨论讨论讨论讨论了问题。", "双方讨论了问题。"),
        ("的的的的的的的的的的", "的"),
        ("美国、美国、美国、美国、美国、美国都反对。", "美国、都反对。"),
        ("他说，他不会签署。他说，他不会签署。他说，他不会签署。", "他说，他不会签署。"),
        (
            "这是一个非常重要的问题，需要各方努力。这是一个非常重要的问题，需要各方努力。",
            "这是一个非常重要的问题，需要各方努力。",
        ),
        ("We will be in the room in the room in the room in the room.", "We will be in the room."),
        ("no no no no no no no no", "no no"),
        ("the United States and the United States and the United States and the", "the United States and the"),
    ],
)
def test_loops_are_found_and_trimmed(text, trimmed):
    assert loop(text) is not None
    assert trim(text).rstrip() == trimmed or loop(trim(text)) is None


@pytest.mark.parametrize(
    "text",
    [
        "", "我们讨论讨论吧。", "他说——等等——不行……", "………………………………", "————————————", "哈哈哈哈哈哈", "1000000000000000", "2017 2017 2017 2017",
        "……、……、……、……", "very, very, very good", "no, no, no", "研究研究，再研究研究。", "看看，想想，试试。", "==========", "* * * * * * * *",
        "干干净净、清清楚楚、明明白白", "美国、英国、法国、德国、中国都同意。", "一是稳定，二是发展，三是改革。", "好好好，行行行。",
        "民有、民治、民享的政府", "1,000,000,000,000 dollars", "政府间气候变化专门委员会和政府间海洋学委员会",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_loop(text):
    assert loop(text) is None
    assert trim(text) == text


@settings(deadline=None)
@given(st.text("条约新的签署，。", min_size=4, max_size=12), st.integers(8, 20), st.text("天地人和", max_size=20))
def test_any_repeated_phrase_is_found(unit, times, rest):
    if any(c.isalpha() for c in unit):
        found = loop(rest + unit * times)
        assert found is not None
        start, period, count = found
        assert period * count >= len(unit) * (times - 1)
        text = rest + unit * times
        assert text[start : start + period * count] == text[start : start + period] * count


@settings(deadline=None)
@given(st.text(max_size=200))
def test_trimming_ends(text):
    assert len(trim(text)) <= len(text)


@pytest.mark.parametrize("text", ["的" * 100_000, "讨论，" * 30_000, "".join(map(str, range(20_000)))])
def test_time_is_linear(text):
    began = time.process_time()
    loop(text)
    assert time.process_time() - began < 3


@pytest.mark.parametrize(
    ("text", "trimmed"),
    [
        ("《新》的《《《《《《《", "《新》的《"),
        ("外交政策外交政策外交政策", "外交政策"),
        ("在在在在大会上", "在大会上"),
        ("总统 president president president来访", "总统 president来访"),
        ("20,000,000,000,000,000,000,000", "20,000"),
    ],
)
def test_a_small_models_loops_are_cut(text, trimmed):
    assert trim(text) == trimmed


@pytest.mark.parametrize("text", ["讨论讨论", "1,000,000,000,000美元", "……——————", "Ha ha ha ha", "人人有责"])
def test_what_people_write_is_no_loop(text):
    assert loop(text) is None


def test_what_stands_in_brackets_twice_in_a_row_stands_once():
    assert bracketed_once("《规则》（CUES）（CUES）与（CUES）") == "《规则》（CUES）与（CUES）"
    assert bracketed_once("规则(CUES) (CUES)") == "规则(CUES)"
    assert bracketed_once("（一）（二）") == "（一）（二）"
