"""What is cut off behind a translation's end, and what stays. The engine here knows the probabilities it is given."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.draft.tails import without_tails
from pipeline.engine import Constraint, Request, Result, Token


class Judge:
    """Says of each target the mean probability that it was told; every character is a token."""

    mask = "@{n}@"

    def __init__(self, **known):
        self.known, self.asked = known, []

    def score(self, pairs):
        self.asked += [target for _, target in pairs]
        return [self.known[target] for _, target in pairs]


def result(text, score=-0.5):
    tokens = tuple(Token(c, i, i + 1) for i, c in enumerate(text))
    return Result(text, score, tokens, (), np.zeros((len(text), 1), np.float32))


def kept(source, target, judge, *constraints):
    done = without_tails(judge, [Request(source, constraints)], [result(target)])[0]
    assert len(done.tokens) == len(done.attention) == len(done.text)
    return done.text


def test_what_is_more_probable_without_its_tail_loses_it():
    judge = Judge(**{"谈判已经开始。双方都很高兴。": -0.5, "谈判已经开始。": -0.5})
    assert kept("Talks have begun.", "谈判已经开始。双方都很高兴。", judge) == "谈判已经开始。"


def test_what_is_likely_to_go_on_goes_on():
    judge = Judge(**{"谈判开始了。双方都很高兴。": -0.2, "谈判开始了。": -1.0})
    assert kept("Talks began, and both were glad.", "谈判开始了。双方都很高兴。", judge) == "谈判开始了。双方都很高兴。"


def test_what_says_again_what_was_said_is_cut_off_however_probable():
    judge = Judge(**{"俄罗斯反对叙利亚的政权更迭。叙利亚政权更迭。": -0.1, "俄罗斯反对叙利亚的政权更迭。": -2.0})
    source = "Russia opposes regime change in Syria."
    assert kept(source, "俄罗斯反对叙利亚的政权更迭。叙利亚政权更迭。", judge) == "俄罗斯反对叙利亚的政权更迭。"


def test_of_several_tails_all_are_cut_off():
    judge = Judge(**{"一。二三四。五六七。": -1.0, "一。": -1.0, "一。二三四。": -1.0})
    assert kept("One.", "一。二三四。五六七。", judge) == "一。"


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Talks began. Both were glad.", "会谈开始。双方高兴。"),  # two sentences
        ("Talks began.", "会谈开始。"),
        ("“How dare you?” she said.", "“你怎么敢？”她说。"),  # the mark is the quotation's
        ("She said it was late and that one should go.", "她说：“已经晚了。该走了。”"),  # within a quotation
        ("It rose by 2.5 percent…", "上升了2.5%……"),
    ],
)
def test_nothing_is_asked_about(source, target):
    judge = Judge()
    assert kept(source, target, judge) == target
    assert not judge.asked


def test_a_tail_with_a_term_or_a_mask_stays():
    judge = Judge()
    target = "会谈开始。双方缓和。"
    assert kept("The détente began.", target, judge, Constraint(4, 11, "缓和")) == target
    assert kept("Talks began @1@.", "会谈开始。@1@双方", judge) == "会谈开始。@1@双方"
    assert not judge.asked
