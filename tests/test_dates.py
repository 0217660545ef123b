"""Article dates: what is one, what is not, and how each locale writes it."""

from __future__ import annotations

from datetime import date, time

import pytest
from babel.dates import format_date
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.text.dates import Period, Precision, Stamp, localise, parse

PATTERN = "y年M月d日"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Jan 16 , 2017", "2017年1月16日"),
        ("January 16, 2017", "2017年1月16日"),
        ("Jan. 16, 2017", "2017年1月16日"),
        ("16 January 2017", "2017年1月16日"),
        ("the 16th of January, 2017", "2017年1月16日"),
        ("January 3rd, 2017", "2017年1月3日"),
        ("Mon, Jan. 16, 2017", "2017年1月16日星期一"),
        ("Monday, 16 January 2017", "2017年1月16日星期一"),
        ("2017-01-16", "2017年1月16日"),
        ("2017/1/16", "2017年1月16日"),
        ("01/16/2017", "2017年1月16日"),
        ("16.01.2017", "2017年1月16日"),
        ("Sept. 3, 2020", "2020年9月3日"),
        ("JUNE 4, 2019", "2019年6月4日"),
        ("May 1,\u00a02024", "2024年5月1日"),
        ("January 2017", "2017年1月"),
        ("Sept. 2020", "2020年9月"),
        ("Jan 16, 2017 10:30 AM EST", "2017年1月16日 10:30 EST"),
        ("Jan. 16, 2017, at 3 p.m.", "2017年1月16日 15:00"),
        ("2017-01-16T22:05:00Z", "2017年1月16日 22:05 UTC"),
        ("January 16-18, 2017", "2017年1月16日至18日"),
        ("16–18 January 2017", "2017年1月16日至18日"),
        ("Jan. 30 – Feb. 2, 2017", "2017年1月30日至2月2日"),
        ("Dec. 30, 2016 to Jan. 2, 2017", "2016年12月30日至2017年1月2日"),
        ("January/February 2017", "2017年1月至2月"),
        ("2017-01-16 to 2017-01-18", "2017年1月16日至18日"),
    ],
)
def test_dates_are_written_in_chinese(text, written):
    assert localise(text, PATTERN, "zh_CN") == written


def test_the_hour_follows_the_locale():
    assert localise("Jan 16, 2017 3:05 pm", PATTERN, "zh_TW") == "2017年1月16日 下午3:05"


@pytest.mark.parametrize(
    "text",
    [
        "", "2017", "January", "Jan 16", "3/4/2017", "Feb. 30, 2017", "2017-13-01", "Tuesday, January 16, 2017",
        "Published Jan 16, 2017", "Jan 16, 2017 by Sun Chenghao", "In January 2017", "Jan 16, 17", "May 2017 be better",
        "Jan 16, 2017 25:00", "Jan 16, 2017 13 pm", "January 18-16, 2017", "16", "Mayor 1, 2017", "Jan 16, 20177",
        "Winter 2016/17", "1" * 5000, "Jan 16, 2017 10",
    ],
)  # fmt: skip
def test_what_is_no_date_is_left_alone(text):
    assert parse(text) is None
    assert localise(text, PATTERN, "zh_CN") is None


def test_parts_are_kept():
    assert parse("Mon, Jan. 16, 2017 9:30 a.m. GMT") == Stamp(
        date(2017, 1, 16), weekday=True, time=time(9, 30), zone="GMT"
    )
    assert parse("Jan–Feb 2017") == Period(
        Stamp(date(2017, 1, 1), Precision.MONTH), Stamp(date(2017, 2, 1), Precision.MONTH)
    )


@settings(deadline=None)
@given(
    st.dates(date(1000, 1, 1), date(2999, 12, 31)),
    st.sampled_from(["MMMM d, y", "MMM d, y", "d MMMM y", "EEEE, MMMM d, y", "y-MM-dd"]),
)
def test_every_day_is_read(day, pattern):
    found = parse(format_date(day, pattern, locale="en_US"))
    assert isinstance(found, Stamp)
    assert found.day == day


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_survived(text):
    found = parse(text)
    assert found is None or any(c.isdigit() for c in text)
