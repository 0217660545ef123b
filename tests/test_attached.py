"""What an engine attaches to a name that it was given."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.attached import without_attached, without_dot, without_source

# English, the name in it, its forms, what the engine said, what stays
CASES = (
    ("The Estonian minister left.", "Estonian", "爱沙尼亚", "爱沙尼亚州部长离开了。", "爱沙尼亚部长离开了。"),
    ("The Angolan minister left.", "Angolan", "安哥拉", "安哥拉·部长离开了。", "安哥拉部长离开了。"),
    ("No vote in the State Duma.", "Duma", "国家杜马 杜马", "国家杜马州没有投票。", "国家杜马没有投票。"),
    ("No vote in the Duma.", "Duma", "国家杜马 杜马", "国家杜马州没有投票。", "国家杜马没有投票。"),
    ("The German states agreed.", "German", "德国", "德国州达成一致。", "德国州达成一致。"),
    ("A Nigerian governor left.", "Nigerian", "尼日利亚", "尼日利亚州长离开了。", "尼日利亚州长离开了。"),
    ("It rains in California.", "California", "加利福尼亚州 加利福尼亚", "加利福尼亚州下雨。", "加利福尼亚州下雨。"),
    ("Virginia Woolf wrote it.", "Virginia", "弗吉尼亚", "弗吉尼亚·伍尔夫写的。", "弗吉尼亚·伍尔夫写的。"),
    ("Kenya’s ministers left.", "Kenya", "肯尼亚", "肯尼亚·部长们离开了。", "肯尼亚部长们离开了。"),
)


@pytest.mark.parametrize("case", CASES, ids=[c[0] for c in CASES])
def test_attached(case):
    source, name, forms, said, stays = case
    assert without_attached(said, source, source.index(name) + len(name), forms.split()) == stays


@given(st.text("爱沙州·长A ", max_size=20), st.text("ab S,'’s", max_size=12), st.integers(0, 14))
def test_only_what_is_attached_goes(target, source, end):
    left = without_attached(target, source, end, ["爱沙"])
    assert left.replace("州", "").replace("·", "") == target.replace("州", "").replace("·", "")
    assert without_attached(left, source, end, ["爱沙"]) == left or "爱沙·" in target or "爱沙州" in target


def test_an_office_and_a_name_are_not_joined_by_a_dot():
    assert without_dot("副总理·何立峰和谢尔盖·拉夫罗夫", ["副总理"]) == "副总理何立峰和谢尔盖·拉夫罗夫"
    assert without_dot("外长发言", ["外长"]) == "外长发言"


@pytest.mark.parametrize(
    ("said", "stays"),
    [
        ("麦康奈尔（R-肯塔基州共和党人）", "麦康奈尔（肯塔基州共和党人）"),
        ("（R-Ky.肯塔基州共和党人）", "（肯塔基州共和党人）"),
        ("（R肯塔基州共和党人）", "（R肯塔基州共和党人）"),
        ("（肯塔基州共和党人R-）", "（肯塔基州共和党人R-）"),
    ],
)
def test_what_is_left_of_a_term_s_english_before_its_form_goes(said, stays):
    assert without_source(said, "R-Ky.", ["肯塔基州共和党人", "肯塔基州共和党"]) == stays
