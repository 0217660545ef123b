"""The end that a draft gets where the machine lost it, or put a full stop that the source has not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.ending import end, mended


@pytest.mark.parametrize(
    ("source", "target", "wanted"),
    [
        ("The talks ended.", "谈判结束了", "谈判结束了。"),
        ("The talks ended.", "谈判结束了，", "谈判结束了。"),
        ("“It is over.”", "“结束了”", "“结束了。”"),
        ("He left [2].", "他离开了", "他离开了。"),
        ("Is it over?", "结束了吗。", "结束了吗？"),
        ("Is it over?", "结束了吗", "结束了吗？"),
        ("Is it over?", "结束了。", "结束了。"),  # the check will say that the question is lost
        ("It rose by 5%.", "上升了5%", "上升了5%。"),
        ("He wondered who did.", "他想知道是谁？", "他想知道是谁。"),
        ("He asked who did.", "他问：“是谁？”", "他问：“是谁？”"),
        ("Why the talks are slow", "为什么谈判会很慢？", "为什么谈判会很慢"),
        ("How to begin:", "如何开始？", "如何开始："),
        ("It may be over.", "结束了吗？", "结束了吗？"),  # the check will say so
        ("Arms Control After New START", "新条约之后的军控。", "新条约之后的军控"),
        ("the hotline between ministries;", "部门之间的热线。", "部门之间的热线；"),
        ("They include:", "它们包括。", "它们包括："),
        ("Trade With the U.S.", "与美国的贸易", "与美国的贸易"),
        ("The talks ended.", "谈判结束了。", "谈判结束了。"),
        ("The talks ended!", "谈判结束了！", "谈判结束了！"),
        ("The talks ended;", "谈判结束了；", "谈判结束了；"),
        ("What now?", "现在怎么办？", "现在怎么办？"),
        ("See @1@.", "见@1@", "见@1@"),
        ("Yes.", "天<a1>地", "天<a1>地"),
        ("", "天", "天"),
        ("Yes.", "", ""),
    ],
)
def test_ends(source, target, wanted):
    assert mended(source, target) == wanted


@given(st.text(), st.text())
def test_only_the_end_changes_and_only_once(source, target):
    new = mended(source, target)
    assert mended(source, new) == new
    assert abs(len(new) - len(target)) <= 1
    assert new[: max(0, len(end(target)) - 1)] == target[: max(0, len(end(target)) - 1)] or len(target) > 400
