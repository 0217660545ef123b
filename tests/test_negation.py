"""Where an English text negates, and whether a Chinese one does; cases of both in `cases/checks/negation.txt`."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.negation import lost, negated, negations


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("Neither side has ruled it out, nor will they.", ["Neither", "nor"]),
        ("They can't say who didn’t come.", ["can't", "didn’t"]),
        ("He was 'never asked' about it.", ["never"]),
        ("No one left without <a1>a permit</a1>.", ["No one", "without"]),
        ("A no-fly zone; a so-called not-for-profit; Jean's note.", []),
        ("It is not only cheap, and no doubt it is not less than five tons.", []),
        ("They will not vote until May; they do not agree.", ["not"]),
        ("NATO did NOT answer.", ["NOT"]),
        ("They can't wait, couldn't be happier and cannot but hope.", []),
        ("It did not help, they will not wait, and it will not be better.", ["not"] * 3),
    ],
)
def test_what_negates(source, words):
    assert [source[a:b] for a, b in negations(source)] == words


@pytest.mark.parametrize("target", ["他不知道", "從未見過", "沒有", "別人沒來", "被禁止", "很難說", "二者不同。"])
def test_it_negates(target):
    assert negated(target)


@pytest.mark.parametrize(
    "target", ["非常好", "未來的非洲", "特别是莫斯科", "無論如何", "不同国家不断增长", "难民与人才"]
)
def test_it_negates_nothing(target):
    assert not negated(target)


@given(st.text(alphabet="no tneverwithu’',.<a1>/-", max_size=80), st.text(max_size=20))
def test_spans_lie_in_the_source_and_in_order(source, target):
    found = lost(source, target)
    assert found in ([], negations(source))
    assert all(a < b <= len(source) for a, b in found)
    assert found == sorted(found)
