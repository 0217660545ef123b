"""Over-long sentences cut and joined; similarity of sentences."""

from __future__ import annotations

import re
import time
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.text.clauses import abut, halve, join, split
from pipeline.text.similar import Index, best, similarity


def words(text):
    return len(text.split())


@pytest.mark.parametrize(
    ("text", "limit", "pieces"),
    [
        ("Short enough.", 5, ["Short enough."]),
        ("The House passed it; the Senate did not.", 5, ["The House passed it;", "the Senate did not."]),
        ("The choice is clear: act now or pay later.", 6, ["The choice is clear:", "act now or pay later."]),
        ("They agreed to talk, but nobody came.", 5, ["They agreed to talk,", "but nobody came."]),
        ("They came — all of them — and then left.", 7, ["They came — all of them —", "and then left."]),
        ("He waited in vain because the train was late.", 6, ["He waited in vain", "because the train was late."]),
        ("one two three four", 2, ["one two", "three four"]),
        ("see ⟦1⟧", 1, ["see", "⟦1⟧"]),
    ],
)
def test_cuts_come_at_clauses(text, limit, pieces):
    assert split(text, limit, words) == pieces


def test_cuts_stay_outside_quotations():
    text = "He said “we came, we saw, we left, all of us,” and then the others went home too."
    assert split(text, 11, words)[0] == "He said “we came, we saw, we left, all of us,”"


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        (["众议院通过了法案。", "参议院没有。"], "众议院通过了法案，参议院没有。"),
        (["他说：“我们来了。”", "然后走了。"], "他说：“我们来了”，然后走了。"),
        (["选择很明确：", "行动。"], "选择很明确：行动。"),
        (["第一；", "，第二", "第三。"], "第一；第二，第三。"),
        (["", "只有一个。"], "只有一个。"),
        (["是吗？", "不是。"], "是吗，不是。"),
        ([], ""),
    ],
)
def test_pieces_join_to_one_sentence(parts, whole):
    assert join(parts) == whole


LUMPS = st.sampled_from(
    ["word", ",", ";", " ", " ", " — ", "“", "”", "(", ")", "⟦12⟧", "__3__", "<a1>", "and", "字", "，", "\n"]
)


@settings(deadline=None)
@given(st.lists(LUMPS, max_size=60).map("".join) | st.text(max_size=80), st.integers(1, 30))
def test_nothing_is_lost_and_pieces_fit(text, limit):
    pieces = split(text, limit, len)
    assert re.sub(r"\s", "", "".join(pieces)) == re.sub(r"\s", "", text)
    for piece in pieces:
        assert len(piece) <= limit or re.fullmatch(r"⟦\d+⟧|__\d+__|<a1>", piece) or len(pieces) == 1
    for mask in ("⟦12⟧", "<a1>"):
        assert sum(piece.count(mask) for piece in pieces) == text.count(mask)


def test_a_limit_of_nothing_is_refused():
    with pytest.raises(ValueError, match="at least 1"):
        split("a", 0, len)


@pytest.mark.parametrize("unit", ["word, and ", "x", "“a, ", "⟦1⟧", "( ", "; "])
def test_long_lines_are_cut_fast(unit):
    text = unit * (100_000 // len(unit))
    began = time.process_time()
    pieces = split(text, 200, len)
    assert time.process_time() - began < 4
    assert max(map(len, pieces)) <= 200


@pytest.mark.parametrize(
    ("a", "b", "low", "high"),
    [
        ("The treaty lapsed.", "The treaty lapsed.", 1, 1),
        ("The treaty lapsed.", "the  treaty lapsed.", 0.99, 0.99),
        ("The treaty lapsed in May.", "The treaty lapsed in June.", 0.8, 0.9),
        ("The treaty lapsed.", "Oil prices rose", 0, 0.1),
        ("The dog bit the man.", "The man bit the dog.", 0.5, 0.8),
        ("", "", 1, 1),
        ("", "a", 0, 0),
        ("条约已失效。", "条约早已失效。", 0.9, 0.95),
    ],
)
def test_similarity(a, b, low, high):
    assert low <= similarity(a, b) <= high


SENTENCES = st.lists(st.sampled_from(["the", "a", "treaty", "lapsed", "rose", "in", "May", ",", "."]), max_size=8).map(
    " ".join
)


@settings(deadline=None)
@given(SENTENCES, SENTENCES)
def test_similarity_is_a_measure(a, b):
    assert 0 <= similarity(a, b) <= 1
    assert (similarity(a, b) == 1) == (a == b)
    assert similarity(a, b) == similarity(b, a)


@settings(deadline=None)
@given(SENTENCES, st.lists(SENTENCES, max_size=12), st.sampled_from([0.0, 0.5, 0.6, 0.9]))
def test_the_index_finds_the_best(source, candidates, floor):
    scores = [similarity(source, candidate) for candidate in candidates]
    found = best(source, candidates, floor)
    if found is None:
        assert not scores or max(scores) < floor or max(scores) == 0
    else:
        assert found[1] == max(scores)
        assert scores[found[0]] == found[1]


def test_looking_up_among_thousands_is_fast():
    random = Random(1)
    vocabulary = [f"w{i}" for i in range(3000)] + ["the"] * 300 + ["of"] * 200
    candidates = [" ".join(random.choices(vocabulary, k=25)) for _ in range(5000)]
    index = Index(candidates)
    began = time.process_time()
    for i in range(0, 5000, 100):
        changed = candidates[i].split()
        changed[3] = "other"
        assert index.best(" ".join(changed)) == (i, pytest.approx(24 / 25))
    assert (time.process_time() - began) / 50 < 0.02  # 5 ms and room for a busy machine


@pytest.mark.parametrize(
    ("text", "closed", "halves", "clause"),
    [
        ("The House passed it, but the Senate did not.", "", ("The House passed it,", "but the Senate did not."), True),
        (
            "He waited in vain because the train was late.",
            "",
            ("He waited in vain", "because the train was late."),
            False,
        ),
        ("Trade and industry and labour", "Trade and industry", ("Trade and industry", "and labour"), False),
        ("the Ministry of Trade, Industry and Labour", "Trade, Industry and Labour", None, False),
        ("No boundary here", "", None, False),
        ("", "", None, False),
    ],
)
def test_halves_at_a_clause_and_never_in_a_term(text, closed, halves, clause):
    spans = [(text.index(closed), text.index(closed) + len(closed))] if closed else []
    cut = halve(text, spans)
    assert (cut and (text[: cut[0]].strip(), text[cut[0] :].strip())) == halves
    assert (cut[1] if cut else False) is clause


@given(st.text(alphabet='ab ,;:—()"“”and', max_size=60), st.integers(0, 59), st.integers(1, 20))
def test_a_half_is_never_empty_and_a_closed_span_never_cut(text, start, size):
    cut = halve(text, [(start, start + size)])
    if cut is not None:
        assert text[: cut[0]].strip()
        assert text[cut[0] :].strip()
        assert not start < cut[0] < start + size


@pytest.mark.parametrize(
    ("left", "right", "text"),
    [
        ("金管局推行。", "硬币收集计划", "金管局推行硬币收集计划"),
        ("在", "Geneva", "在Geneva"),
        ("Melli Bank", "plc", "Melli Bank plc"),
        ("他们来了，", "，又走了。", "他们来了又走了。"),
        ("。", "完", "。完"),
        ("", "完", "完"),
    ],
)
def test_two_parts_of_a_clause(left, right, text):
    assert abut(left, right) == text
