"""`sanwen translate` and `sanwen convert`: one line in, one line out."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.config import find
from pipeline.desk import Desk
from pipeline.lines import LineTranslator


def pipe(data: bytes, *arguments, cwd) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "pipeline", *arguments]
    return subprocess.run(command, input=data, capture_output=True, cwd=cwd, check=False)


SOURCE = "The talks begin.\n\n# A Heading\nNo period here\n- An item of a list. It has two sentences.\n"


def test_as_many_lines_as_came_in_the_same_order(workspace):
    done = pipe(SOURCE.encode(), "translate", cwd=workspace)
    lines = done.stdout.decode().split("\n")
    assert len(lines) == 6
    assert lines[1] == ""
    assert lines[2].startswith("# ")
    assert lines[4].startswith("- ")
    assert done.returncode == 0


@pytest.mark.parametrize(("code", "form"), [("zh_CN", "国会"), ("zh_TW", "國會"), ("zh_HK", "國會"), ("zh-TW", "國會")])
def test_a_given_glossary_reaches_every_locale(workspace, code, form):
    (workspace / "own.csv").write_text("source,zh_CN\nCongress,国会\n", encoding="utf-8")
    done = pipe(b"Congress met today.\n", "translate", "--to", code, "--glossary", "own.csv", cwd=workspace)
    assert form in done.stdout.decode()


def test_a_glossary_in_traditional_alone_is_kept_too(workspace):
    (workspace / "own.csv").write_text("source,zh_HK\nauthorized institutions,認可機構\n", encoding="utf-8")
    done = pipe(
        b"There are many authorized institutions.\n", "translate", "--to", "zh_HK", "-g", "own.csv", cwd=workspace
    )
    assert "認可機構" in done.stdout.decode()


def test_a_slow_writer_is_answered_line_by_line(workspace):
    command = [sys.executable, "-m", "pipeline", "translate"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=workspace) as process:
        for text in (b"The talks begin.\n", b"They end.\n"):
            process.stdin.write(text)
            process.stdin.flush()
            start = time.monotonic()
            assert process.stdout.readline().strip()
            assert time.monotonic() - start < 60
        process.stdin.close()
        assert process.wait(30) == 0


def test_what_is_not_utf8_is_named_and_nothing_is_lost(workspace):
    done = pipe(b"The talks begin.\n\xff\xfe broken\nThey end.\n", "translate", cwd=workspace)
    assert done.returncode == 1
    assert b"line 2 is not UTF-8" in done.stderr
    assert done.stdout.count(b"\n") == 3


def test_a_reader_that_goes_away_is_no_error(workspace):
    command = f"yes 'The talks begin.' | head -2000 | {sys.executable} -m pipeline convert --to zh_TW | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, cwd=workspace, check=False, env=os.environ)
    assert b"Traceback" not in done.stderr


def test_conversion_both_ways(workspace):
    there = pipe("军事干涉与网络信息\n".encode(), "convert", "--to", "zh_TW", cwd=workspace)
    assert there.stdout.decode() == "軍事干涉與網路資訊\n"
    back = pipe(there.stdout, "convert", "--to", "zh_CN", cwd=workspace)
    assert back.stdout.decode() == "军事干涉与网络信息\n"


@pytest.fixture(scope="module")
def translator(tmp_path_factory):
    desk = Desk(find(tmp_path_factory.mktemp("empty")), own_glossary=False)
    return LineTranslator(desk, desk.locale("zh_TW"), cached=False)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), max_size=6))
def test_any_lines_give_as_many_lines(translator, lines):
    assert len(list(translator(lines))) == len(lines)


def test_a_line_that_is_a_term_is_the_terms_form(workspace):
    (workspace / "own.csv").write_text("source,zh_CN\nJane Doe,简·多伊\n", encoding="utf-8")
    done = pipe(b"Jane Doe\n", "translate", "-g", "own.csv", cwd=workspace)
    assert done.stdout.decode() == "简·多伊\n"


def test_typography_is_explained(workspace):
    text = '他说:"中国(China)的贸易增长5 %..."\n'
    done = pipe(text.encode(), "polish", "--explain", cwd=workspace)
    assert done.stdout.decode() == "他说：“中国（China）的贸易增长5%……”\n"
    for rule in ("marks", "quotes", "brackets", "ellipsis"):
        assert f"1: {rule}: " in done.stderr.decode()
    taiwan = pipe(text.encode(), "polish", "--locale", "zh_TW", cwd=workspace)
    assert taiwan.stdout.decode() == "他说：「中国（China）的贸易增长5%……」\n"


def test_a_term_of_two_senses_is_left_open_and_stops_nothing(workspace):
    (workspace / "own.csv").write_text("source,zh_CN\nGeorgia,格鲁吉亚\nGeorgia,佐治亚州\n", encoding="utf-8")
    done = pipe(b"The talks in Georgia begin today.\n", "translate", "-g", "own.csv", cwd=workspace)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_typography_leaves_the_glossarys_forms_alone(workspace):
    (workspace / "own.csv").write_text("source,zh_HK\nBanking Ordinance 2015,2015 年銀行業條例\n", encoding="utf-8")
    done = pipe(b"Banking Ordinance 2015\n", "translate", "--to", "zh_HK", "-g", "own.csv", cwd=workspace)
    assert done.stdout.decode() == "2015 年銀行業條例\n"


def test_an_acronym_alone_that_no_glossary_knows_stays(workspace):
    assert pipe(b"BYD\n", "translate", cwd=workspace).stdout == b"BYD\n"
