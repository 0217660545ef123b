"""Corrections of what is suggested, by what a teacher says in its place."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "training"))  # the recipe is scripts; last, so that its names hide no package

np = pytest.importorskip("numpy")

from corpus import Pair  # noqa: E402
from correct import corrected, corrections, doubts  # noqa: E402

from pipeline.engines._lexicon import Lexicon, entries  # noqa: E402

MODEL = ROOT / "pipeline" / "models" / "en-zh"
FILES = ("dictionary.tsv", "vocabulary.tsv", "lexicon.tsv")


def test_what_the_teacher_seldom_says_is_listed_with_examples(tmp_path: Path) -> None:
    (tmp_path / "lexicon.tsv").write_text("vow\t发誓\nlevy\t征收\n", encoding="utf-8")
    said = [
        ("They vow revenge.", "他们誓言复仇。"),
        ("A vow.", "誓言。"),
        ("I vow it.", "我发誓。"),
        ("A levy.", "征费。"),
    ]
    pairs = [Pair("teacher", *pair) for pair in said]
    (doubt,) = doubts(pairs, Lexicon(tmp_path / "lexicon.tsv"), 2, 0.5)
    assert doubt[:4] == ("vow", "发誓", 3, 1)
    assert doubt.examples == ["They vow revenge. => 他们誓言复仇。", "A vow. => 誓言。"]
    assert not list(doubts(pairs, Lexicon(tmp_path / "lexicon.tsv"), 2, 0.3))
    assert not list(doubts(pairs, Lexicon(tmp_path / "lexicon.tsv"), 4, 0.5))


def test_a_word_is_changed_where_it_is_taken_out_or_put_in() -> None:
    files = [{"vow": "发誓", "unit": "单元"}, {"overhaul": "全面改革", "vow": "誓"}]
    assert corrected(files, {"vow": "誓言", "overhaul": "", "fighters": "武装人员"}) == [
        {"unit": "单元", "vow": "誓言", "fighters": "武装人员"},
        {},
    ]
    assert files[0]["vow"] == "发誓"


def test_the_model_has_the_corrections() -> None:
    known: dict[str, str] = {}
    for name in FILES:
        for word, target in entries(MODEL / name):
            known.setdefault(word, target)
    wrong = {word: known.get(word) for word, target in corrections().items() if known.get(word, "") != target}
    assert not wrong
