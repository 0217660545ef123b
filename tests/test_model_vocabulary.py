"""The vocabulary that is written: its forms, and what the corpus leaves of it."""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "training"))  # the recipe is scripts; last, so that its names hide no package

np = pytest.importorskip("numpy")

import vocabulary  # noqa: E402
from vocabulary import Entry, expanded, inflected, seldom  # noqa: E402

STYMIE = Entry("stymie", "v", "阻挠")
TARGET = re.compile(r"[\u3400-\u9fff·]{1,20}")


@pytest.mark.parametrize(
    ("entry", "forms"),
    [
        (STYMIE, "stymie, stymied, stymies, stymying"),
        (Entry("claw back", "v", "收回"), "claw back, clawed back, clawing back, claws back"),
        (Entry("seek refuge", "v", "避难"), "seek refuge, seeking refuge, seeks refuge, sought refuge"),
        (Entry("safety net", "n", "安全网"), "safety net, safety nets"),
        (Entry("lucrative", "", "利润丰厚的"), "lucrative"),
        (Entry("Viola", "", "维奥拉"), "Viola"),
    ],
)
def test_forms(entry: Entry, forms: str) -> None:
    assert set(inflected(entry)) == set(forms.split(", "))


def test_a_form_that_is_listed_is_its_own() -> None:
    found = expanded([Entry("strain", "v", "使紧张"), Entry("strained", "", "紧张的")])
    assert found["strained"] == "紧张的"
    assert found["straining"] == "使紧张"


def test_british_and_american_spellings() -> None:
    found = expanded([Entry("labor camp", "n", "劳改营"), Entry("antitrust", "", "反垄断")])
    assert found["labour camps"] == "劳改营"
    assert found["anti-trust"] == "反垄断"


def test_what_the_corpus_has_often_is_left_out() -> None:
    left = seldom(expanded([STYMIE]), ["It may stymie reform."] * vocabulary.COMMON)
    assert "stymie" not in left
    assert left["stymied"] == "阻挠"


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    (tmp_path / "words.csv").write_text("source,pos,zh_CN\nlevy,v\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"words\.csv:2"):
        vocabulary.read(tmp_path / "words.csv")


def test_the_vocabulary_is_in_order() -> None:
    entries = vocabulary.read(vocabulary.WORDS)
    sources = [entry.source for entry in entries]
    assert sources == sorted(set(sources))
    assert all(TARGET.fullmatch(entry.target) and entry.pos in {"", "n", "v"} for entry in entries)
    assert all(source == " ".join(source.split()) for source in sources)


def test_no_word_of_the_vocabulary_is_the_glossarys() -> None:
    terms = set()
    for path in (ROOT / "glossaries").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            terms |= {row["source"].lower() for row in csv.DictReader(file)}
    both = [entry.source for entry in vocabulary.read(vocabulary.WORDS) if entry.source.lower() in terms]
    assert both == []
