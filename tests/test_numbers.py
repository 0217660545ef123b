"""Figures compared across English and Chinese: what agrees, what is missing, what was invented."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.text.figures.numbers import compare, figures


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("It shrank from $34 billion in 2014 to $23 billion.", "从2014年的340亿美元缩减到230亿美元。"),
        ("$34 billion", "三百四十亿美元"),
        ("1.2 trillion yuan", "1.2万亿元"),
        ("1.2 trillion dollars", "1.2兆美元"),
        ("34,500 troops", "3.45万名士兵"),
        ("10 million people", "一千万人"),
        ("340 million", "3亿4000万"),
        ("35 percent", "百分之三十五"),
        ("3.5 percent", "百分之三点五"),
        ("35 percentage points", "35个百分点"),
        ("during the 1970s", "在20世纪70年代"),
        ("during the 1970s", "上世纪七十年代"),
        ("during the 1970s", "1970年代"),
        ("in the 1890s", "19世纪90年代"),
        ("the 21st century", "二十一世纪"),
        ("the 16th round", "第十六轮"),
        ("on Jan. 16, 2017", "2017年1月16日"),
        ("in 2017", "二〇一七年"),
        ("at 3 p.m. on May 5", "5月5日15时"),
        ("at 7:00 a.m.", "早上7点"),
        ("from 300 to 400 million", "3亿到4亿"),
        ("in 2017–18", "2017至2018年"),
        ("one-third of 90 members", "90名成员中的1/3"),
        ("three-quarters", "75%"),
        ("two decades later", "20年后"),
        ("half a dozen states", "6个国家"),
        ("66 and a half hours", "66.5小时"),
        ("G-20 and COVID-19", "二十国集团和新冠疫情"),
        ("the attacks of 9/11", "9·11袭击"),
        ("Article V of the treaty", "条约第5条"),
        ("seven or eight states", "七八个国家"),
        ("40,000 megawatts", "4万兆瓦"),
        ("twenty-five years", "25年"),
        ("two hundred thousand", "20万"),
        ("some 5,000 people", "5000多人"),
        ("thousands of people", "数千人"),
        ("See https://a.org/2017/01 and <a1>this</a1>.", "见https://a.org/2017/01和<a1>此处</a1>。"),
        ("３４ states", "34个国家"),
        ("90 percent", "九成"),
        ("between three and six months", "3至6个月"),
        ("two, three or four", "2、3或4个"),
        ("one hundred and fifty-two", "152"),
        ("five thousand and three hundred men", "5300人"),
        ("four dozen", "48"),
        ("over 160 km/h", "超过 160 千米每小时"),
        ("since the 1970s", "自 20 世纪 70 年代以来"),
        ("the 1830s", "19 世纪 30 年代"),
        ("55,000 barrels", "55 000桶"),
        ("the two sides", "双方"),
        ("a two-volume set", "一对唱片"),
        ("after two dozen awards", "获得二十多个奖项后"),
        ("six months and eighteen months", "半年和一年半"),
        ("within twenty-four hours or seven days", "在一天或一周之内"),
        ("two weeks", "14天"),
        ("It grew threefold.", "增长了两倍。"),
        ("four times more", "多三倍"),
        ("two and a half million years", "250万年"),
        ("three to four million people", "三四百万人"),
        ("three to four million people", "300万到400万人"),
        ("at two o'clock", "14时"),
        ("two-thirds and two-fifths", "多数，40%"),  # a fraction in words is not asked for
        ("in nineteen eighty-four", "在1984年"),
        ("one of them, the second", "其中又有"),
        ("one hundred and three percent", "百分之一百零三"),
    ],
)
def test_equal_figures(source, target):
    assert compare(source, target) == ((), ())


@pytest.mark.parametrize(
    ("source", "target", "missing", "extra"),
    [
        ("$34 billion", "34亿美元", ["34 billion"], ["34亿"]),
        ("It fell by 5 percent.", "它下降了。", ["5"], []),
        ("It fell.", "它下降了5%。", [], ["5"]),
        ("in 2014 and 2015", "在2014年", ["2015"], []),
        ("the 1970s", "上世纪80年代", ["1970s"], ["上世纪80年代"]),
        ("3.5 percent", "35%", ["3.5"], ["35"]),
        ("1,200 people", "120人", ["1,200"], ["120"]),
        ("Five voted against.", "投票反对。", ["Five"], []),
        ("three of the nine victims", "三名受害者", ["nine"], []),
        ("after two years", "几年后", ["two"], []),
        ("two hundred and five", "二百", ["two hundred and five"], []),
        ("twenty-five years", "二十年", ["twenty-five"], []),
        ("two hundred, three hundred", "三百", ["two hundred"], []),
    ],
)
def test_unequal_figures(source, target, missing, extra):
    found = compare(source, target)
    assert [[figure.text for figure in side] for side in found] == [missing, extra]


def value(text):
    (figure,) = figures(text)
    return figure.values


@settings(deadline=None)
@given(st.integers(1, 99999), st.sampled_from(["万", "亿", "万亿"]))
def test_chinese_units(number, unit):
    assert value(f"{number}{unit}") == {Decimal(number) * {"万": 10**4, "亿": 10**8, "万亿": 10**12}[unit]}


@settings(deadline=None)
@given(st.integers(0, 10**15))
def test_any_number_equals_itself(number):
    assert compare(f"There were {number:,} of them.", f"共有{number}个。") == ((), ())


@pytest.mark.parametrize(
    "unit", ["1", "a", "a@", "三", "百", "1,", "1万", "1-", "one ", "two hundred and ", "三分之", "1."]
)
def test_time_is_linear(unit):
    text = unit * (40_000 // len(unit))
    began = time.process_time()
    compare(text, text)
    assert time.process_time() - began < 5


LUMPS = "0 1 3.5 , . 万 亿 十 三 分之 百分之 年代 世纪 s -/ million and to ４ two months half 双".split()  # noqa: SIM905


@settings(deadline=None)
@given(st.text(max_size=60), st.lists(st.sampled_from(LUMPS), max_size=12))
def test_any_text_is_survived(text, lumps):
    for tried in (text, "".join(lumps), " ".join(lumps)):
        missing, extra = compare(tried, tried)
        assert not missing
        assert not extra
