"""Figures whose Chinese is a matter of rule: which ones are given to the engine, and in what form."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.figures.numbers import compare
from pipeline.text.figures.quantities import quantities

LINES = (Path(__file__).parent / "cases" / "quantities" / "figures.txt").read_text(encoding="utf-8").splitlines()
CASES = [tuple(part.strip() for part in line.split(" | ")) for line in LINES if line and not line.startswith("#")]


@pytest.mark.parametrize("case", CASES, ids=[c[0][:40] for c in CASES])
def test_figure(case):
    source, *wanted = case
    found = [f"{source[q.start : q.end]} = {', '.join(q.forms)}" for q in quantities(source)]
    assert found == ([] if wanted == ["-"] else wanted)


@pytest.mark.parametrize("case", CASES, ids=[c[0][:40] for c in CASES])
def test_every_form_is_equal_to_its_figure_for_the_check(case):
    for q in quantities(case[0]):
        for form in q.forms:
            assert compare(case[0][q.start : q.end], form) == ((), ())


@given(st.text(alphabet="0123456789.,$€%- aBinmouyrlts/–'", max_size=60))
def test_any_text_gives_spans_in_order_that_do_not_overlap(text):
    end = 0
    for q in quantities(text):
        assert end <= q.start < q.end <= len(text)
        assert all(form.strip() for form in q.forms)
        end = q.end


def test_hostile_runs_take_linear_time():
    start = time.process_time()
    for text in ("1," * 20_000, "$" * 40_000, "in 2014 " * 5_000, "1 to " * 8_000, "may 5 " * 7_000):
        quantities(text)
    assert time.process_time() - start < 5
