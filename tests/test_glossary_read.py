"""Glossary files: reading, layering, formatting."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import SanwenError
from pipeline.glossary import cells, fmt
from pipeline.glossary.layer import layer, load
from pipeline.glossary.read import parse, read
from pipeline.model import Severity, Term

CASES = Path(__file__).parent / "cases" / "glossary"
REPO = Path(__file__).parent.parent
ROW = "source,zh_CN\ndétente,缓和\n"


def test_malformed_rows_are_all_told_and_the_rest_is_read():
    file = read(CASES / "read" / "malformed.csv")
    told = [f"{p.line} {p.rule} {p.message}" for p in file.problems]
    expected = [line.split(" | Did")[0] for line in (CASES / "read" / "malformed.txt").read_text("utf-8").splitlines()]
    assert told == expected
    hints = [
        line.split(" | ")[1]
        for line in (CASES / "read" / "malformed.txt").read_text("utf-8").splitlines()
        if "| Did" in line
    ]
    assert [p.hint for p in file.problems if p.hint.startswith("Did")] == hints
    assert [term.source for term in file.terms] == ["détente", "next", 'a "quoted" term', "+1"]
    assert file.terms[3].targets == {"zh_CN": ("=SUM(A1)",)}
    assert file.terms[0] == Term(
        "détente",
        {"zh_CN": ("缓和",)},
        {"zh_CN": ("松动",)},
        "noun",
        note="fine",
        file=str(CASES / "read" / "malformed.csv"),
        line=2,
    )


@pytest.mark.parametrize(
    "data",
    [
        ROW.encode("utf-8-sig"),
        ROW.replace("\n", "\r\n").encode(),
        ROW.replace("\n", "\r").encode(),
        ROW.rstrip().encode(),
    ],
)
def test_marks_and_line_ends_of_all_kinds(data):
    file = parse(data)
    assert not file.problems
    assert [(term.source, term.line) for term in file.terms] == [("détente", 2)]


@pytest.mark.parametrize(
    ("data", "rule", "name"),
    [
        (ROW.encode("utf-16"), "encoding", "UTF-16"),
        (("source,zh_CN\n" + "国家,美国的总统\n" * 20).encode("gb18030"), "encoding", "GB18030"),
        ("source,zh_CN\nCôte d’Ivoire,x\n".encode("cp1252"), "encoding", "1252"),
        (b"source,zh_CN\n\x00\x01\x02\x03\x04\x05", "encoding", "binary"),
        (b"", "header", "no header"),
        (b"\n\n", "header", "no header"),
        (b"source;zh_CN\na;b\n", "header", "commas"),
        (b"source,zh_CN,zh_CN\na,b,c\n", "header", "twice"),
        (b"source,zh_CN,forbiden\na,b,c\n", "header", "forbiden"),
        (b"term,zh_CN\na,b\n", "header", "source"),
        (b"source,pos\na,noun\n", "header", "translations"),
        (b'source,"zh_CN\na,b\n', "header", "broken"),
    ],
)
def test_files_that_are_no_glossary_are_named(data, rule, name):
    file = parse(data, "x.csv")
    assert not file.terms
    assert rule in {p.rule for p in file.problems}
    assert any(name.lower() in f"{p.message} {p.hint}".lower() for p in file.problems), file.problems


def test_unknown_column_gets_the_nearest_name():
    assert parse(b"source,zh_CN,contxt\n").problems[0].hint == "Did you mean context?"
    assert not parse(b"source,zh_CN,zh_MO,not_zh_MO\na,b,c,d\n").problems


def test_missing_file_is_one_clear_line(tmp_path):
    with pytest.raises(SanwenError, match="no such file"):
        read(tmp_path / "none.csv")


def test_later_files_win_for_a_source_and_conflicts_are_told():
    first = parse(
        "source,zh_CN,context\nGeorgia,格鲁吉亚,Tbilisi\nGeorgia,佐治亚州,Atlanta\nU.S.,美国,\nIran,伊朗,\n".encode(),
        "1.csv",
    )
    second = parse("source,zh_CN\nGeorgia,乔治亚\nUS,美国\n".encode(), "2.csv")
    glossary = layer([first, second])
    assert [(t.source, t.targets["zh_CN"]) for t in glossary.terms] == [
        ("Georgia", ("乔治亚",)),
        ("US", ("美国",)),
        ("Iran", ("伊朗",)),
    ]
    assert [(p.rule, p.severity, p.file, p.line) for p in glossary.problems] == [("layered", Severity.INFO, "2.csv", 2)]
    assert "1.csv:2" in glossary.problems[0].message
    assert glossary.files == ("1.csv", "2.csv")


def test_work_refuses_a_glossary_with_a_malformed_row(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("source,zh_CN\na\n", "utf-8")
    with pytest.raises(SanwenError, match=r"a\.csv:2: the row has 1 cells"):
        load([path])
    path.write_text("source,zh_CN\na,甲\n", "utf-8")
    assert len(load([path]).terms) == 1


@given(st.text())
def test_escape_is_reversible_and_nothing_runs(text):
    escaped = cells.escape(text)
    assert cells.unescape(escaped) == text
    assert not escaped.startswith(tuple("=+-@\t\r＝＋－＠"))


@pytest.mark.parametrize("text", ["=1", "'=1", "''=1", "'", "''", "'s", "", "+", "'+", "＝1"])
def test_escape_of_escapes(text):
    assert cells.unescape(cells.escape(text)) == text


@given(
    st.binary(max_size=200)
    | st.text(alphabet="source,zh_CN\n\"détente|缓和=\t'", max_size=120).map(lambda s: ("source,zh_CN\n" + s).encode())
)
def test_any_bytes_give_terms_or_problems(data):
    file = parse(data, "x.csv")
    rows = data.decode("utf-8", "replace").count("\n")
    assert len(file.terms) <= len(file.rows) <= rows
    assert file.problems or file.terms or file.columns


def test_fmt_golden():
    before = parse((CASES / "fmt" / "before.csv").read_bytes())
    assert fmt.fmt(before).decode() == (CASES / "fmt" / "after.csv").read_text("utf-8")


def test_rows_without_use_are_told_kept_and_refuse_no_work(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("source,zh_CN\na,甲\nlater,\n—,——\n", "utf-8")
    file = read(path)
    assert [(p.line, p.rule, p.severity) for p in file.problems] == [
        (3, "idle-row", Severity.WARNING),
        (4, "idle-row", Severity.WARNING),
    ]
    assert [term.source for term in load([path]).terms] == ["a"]
    assert "later," in fmt.fmt(file).decode()


def test_fmt_refuses_to_lose_a_row():
    with pytest.raises(SanwenError, match="cells"):
        fmt.fmt(parse(b"source,zh_CN\na\n"))


FORM = st.text(
    alphabet=st.characters(exclude_characters="|", exclude_categories=("Cs", "Cc", "Zl", "Zp", "Zs", "Cf")),
    min_size=1,
    max_size=8,
)
FORMS = st.lists(FORM, min_size=1, max_size=3, unique=True).map(tuple)
TERM = st.builds(
    Term,
    # 's alone is no word
    st.from_regex(r"[-=+@']?[A-Za-zé][A-Za-zé.]{0,8}( [A-Za-z]{1,8})?", fullmatch=True).filter(
        lambda s: s.lower() != "'s"
    ),
    st.dictionaries(st.sampled_from(["zh_CN", "zh_TW", "zh_HK", "zh_MO"]), FORMS, min_size=1),
    st.dictionaries(st.sampled_from(["zh_CN", "zh_HK"]), FORMS),
    st.sampled_from(["", "noun", "name"]),
    st.sampled_from(["", "exact"]),
    st.lists(FORM, max_size=2, unique=True).map(tuple),
    note=st.text(alphabet="abc ,\"'=é中", max_size=10).map(lambda s: " ".join(s.split())),
)


@given(st.lists(TERM, max_size=6))
def test_write_and_read_give_the_terms_back(terms):
    data = fmt.write(terms)
    file = parse(data)
    assert not file.problems
    back = sorted((str(t.source), str(sorted(t.targets.items()))) for t in file.terms)
    assert [t.note for t in file.terms if t.note] or not any(t.note for t in terms)
    assert len(back) == len(terms)
    assert fmt.fmt(file) == data


@given(st.lists(TERM, max_size=6), st.randoms())
def test_fmt_is_idempotent_and_order_does_not_matter(terms, dice):
    rows = fmt.write(terms).decode().splitlines(keepends=True)
    body = rows[1:]
    dice.shuffle(body)
    messy = (rows[0] + "".join(body)).replace("\n", "\r\n").encode("utf-8-sig")
    once = fmt.fmt(parse(messy))
    assert once == fmt.fmt(parse(once)) == fmt.write(terms)


def test_fmt_is_what_csv_readers_read():
    data = fmt.write([Term("a", {"zh_CN": ('一"二', "三,四")})])
    assert list(csv.reader(io.StringIO(data.decode())))[1][3] == '一"二 | 三,四'


def test_the_documented_example_is_a_glossary():
    page = (REPO / "docs" / "glossary.md").read_text("utf-8")
    example = page.split("```csv\n")[1].split("```")[0]
    file = parse(example.encode())
    assert not file.problems
    assert len(file.terms) == 6
