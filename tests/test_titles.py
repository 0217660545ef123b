"""Titles get both of their marks; cases as a translator reads them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.titles import with_marks, without_marks

TITLE = "《新削减战略武器条约》"


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("不应超过《新削减战略武器条约”限制。", "不应超过《新削减战略武器条约》限制。"),
        ("不应超过《新削减战略武器条约限制。", "不应超过《新削减战略武器条约》限制。"),
        ("不应超过“新削减战略武器条约》限制。", "不应超过《新削减战略武器条约》限制。"),
        ("新削减战略武器条约》到期", "《新削减战略武器条约》到期"),
        ("他说：“请看《新削减战略武器条约”。", "他说：“请看《新削减战略武器条约》”。"),
        ("《新削减战略武器条约》与《新削减战略武器条约", "《新削减战略武器条约》与《新削减战略武器条约》"),
        ("新削减战略武器条约", "新削减战略武器条约"),
        ("《新削减战略武器条约》", "《新削减战略武器条约》"),
    ],
)
def test_both_marks(said, wanted):
    assert with_marks(said, [TITLE]) == wanted


@given(st.text(alphabet="《》“”条约的A。", max_size=20))
def test_once_is_enough_and_only_marks_change(said):
    once = with_marks(said, ["《条约》", "的", "《》"])
    assert with_marks(once, ["《条约》"]) == once
    assert [c for c in once if c not in "《》“”"] == [c for c in said if c not in "《》“”"]


def test_a_name_that_is_no_title_has_no_marks():
    said = "根据《经合组织》的数据，《经合组织年报》说"
    assert without_marks(said, ["经合组织"]) == "根据经合组织的数据，《经合组织年报》说"
    assert without_marks(said, []) == said


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("《9·11恐怖袭击造成近3000人死亡。", "9·11恐怖袭击造成近3000人死亡。"),
        ("《9·11恐怖袭击之后》一书", "《9·11恐怖袭击之后》一书"),
        ("《报告》说《9·11恐怖袭击", "《报告》说9·11恐怖袭击"),
        ("《9·11恐怖袭击与《报告》", "9·11恐怖袭击与《报告》"),
        ("《报告与9·11恐怖袭击", "《报告与9·11恐怖袭击"),
    ],
)
def test_a_mark_that_is_left_alone_before_a_name_goes(said, wanted):
    assert without_marks(said, ["9·11恐怖袭击"]) == wanted
