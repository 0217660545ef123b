"""What is taken from a dictionary for a small model: seldom met, likely right, as the corpus has it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "training"))  # the recipe is scripts; last, so that its names hide no package

np = pytest.importorskip("numpy")

import dictionary  # noqa: E402

ENTRIES = [
    "locksmith\t锁匠\t鎖匠",
    "dugout/canoe/kayak\t独木舟\t獨木舟",
    "kayak\t皮艇\t皮艇",
    "kayak\t舠\t舠",  # one character
    "elevator (Tw)/lift\t昇降机\t昇降機",
    "to haggle/to argue over a price\t讨价还价\t討價還價",
    "Lausanne (city in Switzerland)\t洛桑\t洛桑",
    "carbon sink\t碳汇\t碳匯",
    "person who never pays his debts in the end\t老赖\t老賴",
    "(of a bird) to perch/plain cooked\t栖息\t棲息",
]


def test_glosses_are_turned_about():
    meant = dictionary.candidates(ENTRIES)
    assert {"kayak", "locksmith", "Lausanne", "carbon sink", "haggle", "haggled", "haggling"} < meant.keys()
    assert meant["kayak"].keys() == {"独木舟", "皮艇"}
    assert meant["kayak"]["皮艇"] > meant["kayak"]["独木舟"]  # its only gloss, and the first
    assert "elevator" not in meant  # said in Taiwan
    assert meant["lift"].keys() == {"昇降机"}
    assert not any(len(key.split()) > dictionary.LONGEST_KEY for key in meant)


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("haggle", ["haggled", "haggling"]),
        ("vilify", ["vilified", "vilifying"]),
        ("perch", ["perched", "perching"]),
        ("abet", ["abeted", "abeting", "abetted", "abetting"]),
        ("toy", ["toyed", "toying"]),
    ],
)
def test_forms_of_verbs(verb, forms):
    assert list(dictionary.conjugated(verb)) == forms


def test_keys_in_a_text():
    known = dictionary.Known(["carbon sink", "locksmith", "Lausanne", "sink"])
    assert known.of("Carbon sinks in Lausanne's hills") == {"carbon sink", "sink", "Lausanne"}
    assert known.of("Locksmiths") == {"locksmith"}
    assert known.of("the LAUSANNE carbon") == set()
    assert known.of("") == set()


def test_the_corpus_says_which_word_is_meant():
    spoken = [("He paddled a kayak.", "他划着独木舟。")] * 8 + [("They rowed.", "他们划船。")]
    assert dictionary.build(spoken, ENTRIES, {})["kayak"] == "独木舟"
    assert dictionary.build([], ENTRIES, {})["kayak"] == "皮艇"


def test_a_part_of_the_word_is_not_taken_for_it():
    entries = ["cruise missile/missile\t导弹\t導彈", "cruise missile\t巡航导弹\t巡航導彈"]
    said = [
        ("A cruise missile fell.", f"一枚{it}落下。") for it in ("巡航导弹", "巡航导弹", "导弹", "导弹", "巡航导弹")
    ]
    assert dictionary.build(said, entries, {})["cruise missile"] == "巡航导弹"
    assert dictionary.build(said[2:4] * 3, entries, {})["cruise missile"] == "导弹"


def test_what_is_likelier_wrong_or_well_known_is_left_out():
    assert "kayak" not in dictionary.build([("He paddled a kayak.", "他划着船。")] * 9, ENTRIES, {})
    assert "kayak" not in dictionary.build([("A kayak.", "独木舟。")] * dictionary.COMMON, ENTRIES, {})


def test_descriptions_are_no_words():
    found = dictionary.build([], ENTRIES, {})
    assert {"locksmith", "Lausanne", "carbon sink"} < found.keys()
    assert "plain cooked" not in found
    assert dictionary.build([("It is plain cooked.", "栖息。")], ENTRIES, {})["plain cooked"] == "栖息"
    assert "haggled" in found


def test_what_was_mined_stands_where_the_dictionary_agrees():
    found = dictionary.build([], ENTRIES, {"kayak": "独木舟", "Lausanne": "洛桑湖边", "heron": "苍鹭"})
    assert "kayak" not in found
    assert found["Lausanne"] == "洛桑"
    assert "heron" not in found


def test_a_common_name_is_there_if_its_small_letters_are_a_word():
    entries = [*ENTRIES, "pentagon\t五边形\t五邊形", "Pentagon\t五角大楼\t五角大樓"]
    often = [("The Pentagon spoke.", "五角大楼发言了。")] * dictionary.COMMON
    assert dictionary.build(often, entries, {})["Pentagon"] == "五角大楼"
    assert "Pentagon" not in dictionary.build(often, entries[:-2] + entries[-1:], {})
