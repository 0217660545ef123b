"""Small numbers that a first translation lost. The engine here knows two translations, without the number and with it."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.draft.counts import with_counts
from pipeline.engine import Constraint, Request, Result, Supports, Token


class Engine:
    """Says `told` where a number is asked for, and `forced` where a beginning is given."""

    supports = Supports(prefix=True, attention=True)
    mask = "@{n}@"

    def __init__(self, told, forced=""):
        self.told, self.forced, self.asked = told, forced, []

    def translate(self, requests, *, attention=False):
        assert attention
        self.asked += requests
        return [result(self.forced if r.prefix else self.told) for r in requests]

    def score(self, pairs):
        return [-1.0 for _ in pairs]


def result(text):
    """Each character is a token that attends to the source's first five."""
    tokens = tuple(Token(c, i, i + 1) for i, c in enumerate(text))
    return Result(text, -1.0, tokens, (Token("Five", 0, 4),), np.ones((len(text), 1), np.float32))


def counted(source, target, engine, *constraints):
    return with_counts(engine, [Request(source, constraints)], [result(target)])[0].text


@pytest.mark.parametrize(
    ("source", "lost", "told", "number"),
    [
        ("Five voted against.", "投票反对。", "五人投票反对。", "五"),
        ("The two met.", "他们会面。", "两人会面。", "两"),
        ("It fell for two decades.", "它一直在下降。", "20年来它一直下降。", "20年"),
    ],
)
def test_a_lost_number_is_asked_for(source, lost, told, number):
    engine = Engine(told)
    assert counted(source, lost, engine) == told
    assert [c.target for c in engine.asked[0].constraints] == [number]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Five voted against.", "5票反对。"),
        ("The two sides met.", "双方会面。"),
        ("A mother-of-two came.", "一位母亲来了。"),
        ("A third of them left.", "他们离开了。"),
        ("Five voted against.", ""),
    ],
)
def test_nothing_is_asked_where_nothing_is_lost(source, target):
    engine = Engine("不会")
    assert counted(source, target, engine) == target
    assert not engine.asked


def test_a_number_within_a_term_is_the_terms():
    engine = Engine("不会")
    assert counted("The Five Eyes met.", "情报联盟会面。", engine, Constraint(4, 13, "情报联盟")) == "情报联盟会面。"
    assert not engine.asked


def test_what_does_not_come_is_begun_from_its_place():
    engine = Engine("投票反对了。", forced="五人投票反对。")
    assert counted("Five voted against.", "投票反对。", engine) == "五人投票反对。"


def test_two_is_not_put_in_by_force():
    engine = Engine("会面了。", forced="两人会面。")
    assert counted("The two met.", "他们会面。", engine) == "他们会面。"


@pytest.mark.parametrize("told", ["五人，五人，五人，五人投票反对缓和。", "五人投票反对。", "五"])
def test_a_worse_translation_is_refused(told):
    """One that runs in circles, one that lacks a term, one that is far too short."""
    source, target = "Five voted against détente.", "投票反对国际上的缓和政策。"
    engine = Engine(told, forced=told)
    assert counted(source, target, engine, Constraint(19, 26, "缓和")) == target
