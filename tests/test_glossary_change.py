"""What a changed glossary affects, and what reviewed translations suggest."""

from __future__ import annotations

import random

import pytest

from pipeline.glossary.fmt import write
from pipeline.glossary.impact import impact
from pipeline.glossary.layer import layer
from pipeline.glossary.read import parse
from pipeline.glossary.suggest import suggest
from pipeline.model import Term


def glossary(rows):
    return layer([parse(("source,pos,zh_CN,zh_TW,not_zh_CN,context\n" + rows).encode())])


OLD = glossary("détente,noun,缓和,,,\nTrump,name,特朗普,川普,,\nGeorgia,name,格鲁吉亚,,,\n")
UNITS = [
    ("Détente ended.", "缓和结束了。", "zh_CN"),
    ("Détente ended.", "緩和結束了。", "zh_TW"),
    ("Trump won.", "特朗普胜选。", "zh_CN"),
    ("Nothing here.", "这里没有什么。", "zh_CN"),
    ("A new start with Georgia", "", "zh_CN"),
]


def convert(text, code):
    return text.translate(str.maketrans("缓鲁亚", "緩魯亞")) if code == "zh_TW" else text


@pytest.mark.parametrize(
    ("new", "wanted"),
    [
        ("détente,noun,缓和,,,\nTrump,name,特朗普,川普,,\nGeorgia,name,格鲁吉亚,,,\n", []),
        # another form: wrong where the old one stands
        (
            "détente,noun,和缓,,,\nTrump,name,特朗普,川普,,\nGeorgia,name,格鲁吉亚,,,\n",
            [
                (0, "Détente: 缓和 became 和缓; the translation has no 和缓", True),
                (1, "Détente: 緩和 became 和緩; the translation has no 和緩", True),
            ],
        ),
        # a ban on what nobody wrote, a new alternative
        (
            "détente,noun,缓和 | 宽和,,松动,\nTrump,name,特朗普,川普,,\nGeorgia,name,格鲁吉亚,,,\n",
            [
                (0, "Détente: 缓和 became 缓和 | 宽和 (not 松动)", False),
                (1, "Détente: 緩和 became 緩和 | 宽和 (not 松动)", False),
            ],
        ),
        # a term goes, one comes, one is banned
        (
            "détente,noun,缓和,,,\nTrump,name,特朗普,川普,特朗,\nnew start,noun,新开端,,,\nwin,verb,胜选,,,\nstart,noun,开端,,,\n",
            [
                (2, "Trump: 特朗普 became 特朗普 (not 特朗); won: new term, 胜选", False),
                (4, "new start: new term, 新开端; Georgia: no longer a term (格鲁吉亚)", False),
            ],
        ),
        # a second sense opens the choice
        (
            "détente,noun,缓和,,,\nTrump,name,特朗普,川普,,\nGeorgia,name,格鲁吉亚,,,Tbilisi\nGeorgia,name,佐治亚州,,,Atlanta\n",
            [(4, "Georgia: 格鲁吉亚 became 佐治亚州 or 格鲁吉亚", False)],
        ),
    ],
)
def test_impact(new, wanted):
    found = impact(OLD, glossary(new), UNITS, convert)
    assert [(one.unit, one.reason, one.wrong) for one in found] == wanted


def test_impact_gives_the_unit_back():
    one = next(impact(OLD, glossary(""), UNITS, convert))
    assert (one.source, one.target, one.locale) == UNITS[0]
    assert one.reason == "Détente: no longer a term (缓和)"


PAIRS = [
    ("The Treaty of Amity was signed in Bangkok.", "《友好条约》在曼谷签署。"),
    ("In Bangkok, the ministers praised the Treaty of Amity.", "部长们在曼谷赞扬《友好条约》。"),
    ("China joined the Treaty of Amity in 2003.", "中国于2003年加入《友好条约》。"),
    ("Bangkok is hot.", "曼谷很热。"),
    ("Yesterday the talks with China failed.", "昨天与中国的会谈失败了。"),
    ("Yesterday nothing happened.", "昨天什么也没发生。"),
    ("Yesterday it rained.", "昨天下雨了。"),
    ("The Widget Plan helped.", "小部件计划有用。"),
    ("The Widget Plan failed.", "该方案失败了。"),
    ("A Widget Plan is a plan.", "此规划是规划。"),
]


def test_suggest_proposes_what_recurs_and_is_stable():
    found = {one.source: one for one in suggest(PAIRS)}
    assert {source: one.form for source, one in found.items()} == {"Treaty of Amity": "友好条约", "Bangkok": "曼谷"}
    assert (found["Bangkok"].units, found["Bangkok"].stable, found["Bangkok"].dice) == (3, 3, 1.0)
    assert found["Bangkok"].examples == (0, 1, 3)
    assert {one.source for one in suggest(PAIRS, least=2)} == {"Treaty of Amity", "Bangkok", "China"}


def test_suggest_leaves_out_what_the_glossary_has():
    known = [
        Term("Bangkok", {"zh_CN": ("曼谷",)}),
        Term("Treaty of Amity", {"zh_CN": ("友好条约",)}, status="deprecated"),
    ]
    assert [one.source for one in suggest(PAIRS, known)] == ["Treaty of Amity"]


def test_a_suggestion_is_a_proposed_entry():
    term = suggest(PAIRS)[0].term("zh_CN")
    assert (term.status, term.note) == ("proposed", "in 3 of 3 reviewed units")
    assert parse(write([term])).terms[0].targets == {"zh_CN": term.targets["zh_CN"]}


def test_the_same_sentence_twice_is_one_piece_of_evidence():
    assert suggest([PAIRS[3]] * 10) == []


def test_suggest_on_two_thousand_units_is_quick_and_exact():
    dice = random.Random(3)
    names = {
        f"{a}{b} {c}": d + e
        for (a, d), (b, e), c in zip(
            [("Bor", "博尔"), ("Kal", "卡尔"), ("Mun", "蒙恩")],
            [("dan", "丹"), ("tov", "托夫"), ("rik", "里克")],
            ["Pact", "Group", "Forum"],
            strict=True,
        )
    }
    filler = "今天会议讨论经济政策问题代表们认为需要进一步合作发展"
    pairs = []
    for number in range(2000):
        source, target = dice.choice(list(names.items()))
        noise = "".join(dice.sample(filler, 12))
        pairs.append((f"On day {number} they met at the {source} again.", f"{noise}在{target}，{number}"))
    found = {one.source: one.form for one in suggest(pairs)}
    assert found == names
