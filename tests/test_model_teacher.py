"""What is asked of a large teacher, and which of its answers are taken."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "training"))  # the recipe is scripts; last, so that its names hide no package

import corpus  # noqa: E402
from teacher import answered, chunks, numbered  # noqa: E402

ASKED = "1\tGrowth slows.\n2\tLawmakers grilled the banker.\n"
LINE = st.text(st.characters(categories=["L", "N", "P"]), min_size=1).filter(lambda t: not t[0].isspace())


@given(st.lists(LINE, max_size=20), st.integers(1, 7))
def test_every_sentence_is_asked_once(sentences: list[str], lines: int) -> None:
    asked = [text for chunk in chunks(sentences, lines) for text in numbered(chunk).values()]
    assert asked == sentences


def test_answers_are_paired_by_number_whatever_their_order() -> None:
    pairs, wrong = answered(ASKED, "2\t议员们盘问了这位银行家。\n\n1\t增长放缓。\n")
    assert [p.chinese for p in pairs] == ["增长放缓。", "议员们盘问了这位银行家。"]
    assert {p.name for p in pairs} == {"teacher"}
    assert not wrong


@pytest.mark.parametrize(
    ("answer", "taken", "told"),
    [
        ("1\t增长放缓。\n", 1, "2: no answer"),
        ("1\t增长放缓。\n2\tLawmakers grilled the banker.\n", 1, "2: hardly a translation"),
        ("1\t增长放缓。\n2\t" + "议员们盘问了这位银行家。" * 9, 1, "2: hardly a translation"),
        ("1\t增长放缓。\n2\t议员们盘问了银行家。\n3\t多出的一句。\n", 2, "3: not asked for"),
        ("1\t增长放缓。\n1\t增速放慢。\n", 0, "1 twice"),
        ("增长放缓。\n", 0, "no number before: 增长放缓。"),
    ],
)
def test_what_is_wrong_is_told_and_left_out(answer: str, taken: int, told: str) -> None:
    pairs, wrong = answered(ASKED, answer)
    assert len(pairs) == taken
    assert any(what.startswith(told) for what in wrong)


def test_the_two_commands_make_a_shard_of_the_corpus(tmp_path: Path) -> None:
    (tmp_path / "core-1.tsv").write_text(
        "press\tGrowth slows.\t增长慢。\npress\tGrowth slows.\t增长放慢。\nlaw\tArticle 1\t第一条\n", encoding="utf-8"
    )
    folder, shard = tmp_path / "asked", tmp_path / "teacher-1.tsv"
    command = [sys.executable, str(ROOT / "training" / "teacher.py")]
    subprocess.run([*command, "ask", str(tmp_path), str(folder), "--sources", "press"], check=True)
    assert (folder / "source" / "000.txt").read_text(encoding="utf-8") == "1\tGrowth slows.\n"
    (folder / "target").mkdir()
    (folder / "target" / "000.txt").write_text("1\t增长放缓。\n", encoding="utf-8")
    subprocess.run([*command, "take", str(folder), str(shard)], check=True)
    assert list(corpus.read(shard)) == [corpus.Pair("teacher", "Growth slows.", "增长放缓。")]
