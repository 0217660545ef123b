"""How the training recipe mines a lexicon, and how it writes suggestions into what the model learns from."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "training"))  # the recipe is scripts; last, so that its names hide no package

np = pytest.importorskip("numpy")

import lexicon as mined  # noqa: E402
from lexicon import Found, made_of, parts, postings, truecased, trusted  # noqa: E402

PLACES = {"Watsonville": "沃森维尔", "Samoa": "萨摩亚", "Nauru": "瑙鲁", "Toledo": "托莱多"}
ANIMALS = {"jellyfish": "水母", "octopus": "章鱼", "heron": "苍鹭", "walrus": "海象"}


FRAMES = (
    ("Everyone saw the {animal} in {place} yesterday.", "昨天，{there}人人都见过{it}。"),
    ("The {animal} of {place} is well known.", "{it}闻名于{there}一带。"),
    ("In {place} the {animal} came back.", "{it}回到{there}。"),
    ("People say {place} has one {animal} left.", "据说{there}只剩一只{it}。"),
)


def corpus(folder: Path) -> None:
    """Each place with each animal in every frame."""
    rows = [
        f"talk\t{english.format(place=place, animal=animal)}\t{chinese.format(there=there, it=it)}\n"
        for place, there in PLACES.items()
        for animal, it in ANIMALS.items()
        for english, chinese in FRAMES
    ]
    (folder / "core-1.tsv").write_text("".join(rows), encoding="utf-8")


def test_words_that_stand_side_by_side_are_told_apart(tmp_path):
    corpus(tmp_path)
    found = mined.build(tmp_path, set(ANIMALS.values()))
    assert {k: found.get(k) for k in PLACES | ANIMALS} == PLACES | ANIMALS


def test_countries_that_the_corpus_lacks_are_there(tmp_path):
    corpus(tmp_path)
    found = mined.build(tmp_path)
    assert (found["Latvia"], found["Mongolia"]) == ("拉脱维亚", "蒙古")


def test_the_first_word_gets_the_capital_that_it_has_elsewhere():
    texts = ["Trade slowed", "World trade grew", "the Trump trade", "Trump's plan", "He met Trump"]
    assert [[w for w, _, _ in row] for row in truecased(texts)][::3] == [["trade", "slowed"], ["Trump", "plan"]]


def test_names_and_plurals_are_keys():
    texts = [f"{who} saw a heron in Long Beach" for who in ("He", "She")]
    texts += [
        f"{who} the herons of John and Mary Smith {when}" for who in ("counted", "fed") for when in ("now", "then")
    ]
    where = postings(texts, truecased(texts))
    assert {"Long Beach", "Mary Smith", "John and Mary Smith"} < where.keys()
    assert where["heron"].tolist() == [0, 1, 2, 3, 4, 5]
    assert "herons" not in where
    assert parts(where) >= {"Long", "Beach", "Mary Smith"}


def test_what_says_the_same_again_counts_twice_at_most():
    texts = ["reported to the secretariat of the Convention"] * 9 + ["the secretariat met", "a secretariat of ours"]
    assert postings(texts, truecased(texts))["secretariat"].tolist() == [0, 1, 9, 10]


@pytest.mark.parametrize(
    ("key", "found", "good"),
    [
        ("jellyfish", Found("水母", 12, 0.8), True),
        ("jellyfish", Found("水母", 3, 1.0), False),  # too rare for a common word
        ("jellyfish", Found("水母", 500, 0.9), False),  # the model knows it
        ("Samoa", Found("萨摩亚", 4, 0.9), True),
        ("Samoa", Found("岛民们说", 4, 0.9), False),  # does not sound like a name
        ("Samoa", Found("萨摩亚", 2, 1.0), True),
        ("Long Beach", Found("长滩", 2, 1.0), False),
        ("Samoa", Found("萨·摩", 30, 0.9), False),  # two names for one
        ("Long Beach", Found("长滩", 8, 0.9), True),
        ("Long Beach", Found("滩长滩", 8, 0.9), False),
    ],
)
def test_what_is_trusted(key, found, good):
    sound = dict.fromkeys("萨摩亚", 2.0)
    assert trusted(key, found, sound, {"长滩"}) is good


def test_a_run_is_cut_into_words():
    known = {"人口", "普查", "加拿大"}
    assert made_of("人口普查", known)
    assert made_of("人口普查员", known)
    assert not made_of("口普查", known)
    assert not made_of("加拿大人口普", known)


@pytest.mark.torch
def test_names_are_changed_for_others_on_both_sides(tmp_path):
    import hints

    (tmp_path / "lexicon.tsv").write_text("Samoa\t萨摩亚\nheron\t苍鹭\n", encoding="utf-8")
    known = hints.Lexicon(tmp_path / "lexicon.tsv")
    source, target = "A heron in <term>Samoa<as>萨摩亚</term> left Samoa.", "萨摩亚的苍鹭离开了。"
    found = hints.suggested(source, known)
    assert [source[a:b] for a, b, _ in found] == ["heron", "Samoa"]
    given = hints.suggested("A heron left Samoa.", known)
    names = [("Nauru", "瑙鲁")]
    assert hints.swapped("A heron left Samoa.", target, given, names, 1.0, random.Random(1)) == (
        "A heron<as>苍鹭</term> left Nauru<as>瑙鲁</term>.",
        "瑙鲁的苍鹭离开了。",
    )
    # the target says neither: both stay suggested, for the model is to learn when to take one
    assert hints.swapped("A heron left Samoa.", "它走了。", given, names, 1.0, random.Random(1)) == (
        "A heron<as>苍鹭</term> left Samoa<as>萨摩亚</term>.",
        "它走了。",
    )


@pytest.mark.torch
@pytest.mark.parametrize(
    ("key", "target", "told", "kept"),
    [
        ("Nauru", "瑙鲁", [(0.7, "瑙鲁")] * 3, "瑙鲁"),
        ("Nauru", "瑙鲁", [], "瑙鲁"),  # the corpus has it only in what cannot be read
        ("Merck", "下一年收购", [(0.05, "默克")] * 3, ""),  # another word's
        ("Air France", "汉莎航空", [(0.2, "法航")] * 3, ""),  # a name of several words must be seen more clearly
        ("heron", "苍鹭", [(0.2, "鹭")] * 3, "苍鹭"),
        ("CPC", "纠偏设备", [(0.3, "纠偏")] * 3, ""),  # and so must an abbreviation
        ("Appalachian", "拉契", [(0.7, "阿巴拉契亚")] * 3, "阿巴拉契亚"),  # a part
        ("Appalachian", "拉契", [(0.7, "阿巴拉契亚")] * 2, "拉契"),  # too few to tell
        ("Appalachian", "拉契", [(0.7, "阿巴拉契亚"), (0.7, "拉契"), (0.7, "阿巴")], "拉契"),
        ("Carl Menger", "由卡尔·门格尔", [(0.7, "卡尔·门格尔")] * 4, "卡尔·门格尔"),
        ("Mia Lee", "米娅·李", [(0.8, "米娅·李（Mia Lee")] * 4, "米娅·李"),
        ("Anwar", "安瓦尔", [(0.7, "安瓦")] * 4, "安瓦尔"),
        ("limestone", "石灰石", [(0.7, "石灰石的")] * 4, "石灰石"),
    ],
)
def test_what_a_model_confirms(key, target, told, kept):
    import confirm

    assert confirm.confirmed(key, target, [confirm.Reading(*r) for r in told]) == kept


@pytest.mark.torch
def test_where_a_model_looks():
    import confirm

    source, target = ([1, 2, 3], [(0, 3), (4, 9), (10, 14)]), ([4, 5], [(0, 2), (2, 5)])
    example = confirm.Example("Merck", 4, "默克收购了", source, target)  # The Merck deal
    weights = np.array([[0.1, 0.8, 0.0, 0.1, 0.0], [0.0, 0.1, 0.9, 0.0, 0.0], [0.0] * 5], np.float32)  # padded
    share, run = confirm.reading(example, weights, "默克")
    assert (round(share, 3), run) == (0.8, "默克")
    assert round(confirm.reading(example, weights, "收购")[0], 3) == 0.1
