"""Terms in targets: golden cases under cases/glossary/verify, alignment, annotation, and what always holds."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.glossary import apply
from pipeline.glossary.align import Alignment
from pipeline.glossary.match import Matcher
from pipeline.glossary.read import read
from pipeline.glossary.repair import repair, replace
from pipeline.model import SUGGESTED, Term, TermHit, Use

FOLDER = Path(__file__).parent / "cases" / "glossary" / "verify"
MATCHER = Matcher(read(FOLDER / "terms.csv").terms)


def cases(name):
    """The blocks of a case file, each a dict of its fields."""
    blocks = (FOLDER / name).read_text("utf-8").split("\n\n")
    fields = [dict(line.split(": ", 1) for line in block.strip().split("\n") if line[0] != "#") for block in blocks]
    return [block for block in fields if "en" in block]


def to_tw(text):
    return text.translate(str.maketrans("国会预关联导弹", "國會預關聯導彈"))


@pytest.mark.parametrize("case", cases("zh_CN.txt"), ids=lambda case: case["zh"])
def test_verify_and_repair(case):
    hits = apply.hits(case["en"], MATCHER, "zh_CN")
    told = apply.verify(case["zh"], hits, "zh_CN")
    assert " ".join(f"{hit.term.source}={hit.use}" for hit in told) == case["is"]
    target, mended = repair(case["zh"], hits, "zh_CN")
    assert target == case.get("to", case["zh"])
    if "to" in case:
        assert {hit.use for hit in mended} <= {Use.KEPT, Use.REPAIRED}
        assert Use.REPAIRED in {hit.use for hit in mended}


@pytest.mark.parametrize("case", cases("introduced.txt"), ids=lambda case: case["en"])
def test_introduced_abbreviations(case):
    assert " ".join(hit.target for hit in apply.hits(case["en"], MATCHER, "zh_CN")) == case["to"]


def test_a_name_said_twice_does_not_answer_to_its_abbreviation():
    hits = apply.hits("The International Monetary Fund (IMF) agreed.", MATCHER, "zh_CN")
    twice = apply.verify("国际货币基金组织（国际货币基金组织）同意了。", hits, "zh_CN")
    once = apply.verify("国际货币基金组织（IMF）同意了。", hits, "zh_CN")
    assert [hit.use for hit in twice] == [Use.KEPT, Use.MISSING]
    assert [hit.use for hit in once] == [Use.KEPT, Use.KEPT]


@pytest.mark.parametrize("case", cases("locks.txt"), ids=lambda case: case["zh"])
def test_locks(case):
    base = apply.hits(case["en"], MATCHER, "zh_CN")
    local = apply.hits(case["en"], MATCHER, "zh_TW", to_tw)
    text = case["zh"]
    for start, end, form in reversed(apply.locks(text, base, local, "zh_TW")):
        text = f"{text[:start]}[{form}]{text[end:]}"
    assert text == case["tw"]


def align(source, target, pairs):
    """An alignment from pairs of words: each target word attends to its source word alone."""
    spots = []
    rows = []
    at = 0
    words = source.split(" ")
    starts = [sum(len(word) + 1 for word in words[:n]) for n in range(len(words))]
    for word, partner in pairs:
        start = target.index(word, at)
        spots.append((start, start + len(word)))
        at = start + len(word)
        rows.append([1.0 if words[n] == partner else 0.02 for n in range(len(words))])
    return Alignment([(s, s + len(w)) for s, w in zip(starts, words, strict=True)], spots, rows)


@pytest.mark.parametrize(
    ("source", "target", "pairs", "wanted"),
    [
        ("an intervention began", "插手开始了。", [("插手", "intervention"), ("开始了", "began")], "干涉开始了。"),
        (
            "of détente now",
            "现在的冰释的",
            [("现在", "now"), ("的", "of"), ("冰释", "détente"), ("的", "of")],
            "现在的缓和的",
        ),
        # punctuation and particles that attention drags in stay where they are
        ("the intervention ,", "那次插手的，", [("那次", "the"), ("插手的，", "intervention")], "那次干涉的，"),
        # what the form repeats of its neighbours is dropped
        ("U.S. Congress", "美国议会", [("美国", "the"), ("议会", "Congress")], "美国国会"),
        # words that answer to another term are not touched
        ("U.S. intervention", "美国插手", [("美国", "intervention"), ("插手", "intervention")], "美国干涉"),
        # nothing is tied to it
        ("an intervention began", "开始了。", [("开始了", "began")], "开始了。"),
        # far too much is tied to it
        (
            "intervention",
            "这件事情说起来真是没有任何道理可讲的呀",
            [("这件事情说起来真是没有任何道理可讲的呀", "intervention")],
            None,
        ),
    ],
)
def test_repair_by_alignment(source, target, pairs, wanted):
    hits = apply.hits(source, MATCHER, "zh_CN")
    assert repair(target, hits, "zh_CN", align(source, target, pairs))[0] == (wanted or target)


@pytest.mark.parametrize(
    ("said", "at", "wanted"),
    [
        ("约11110万欧元", "11110万", "约1110万欧元"),
        ("约11110万欧元", "110", "约1110万欧元"),  # what is left of a number would be glued to the form
        ("约6,6380欧元", "6380", "约1110万欧元"),
        ("约十欧元", "十", "约1110万欧元"),
    ],
)
def test_a_figure_takes_the_place_of_a_whole_number(said, at, wanted):
    hit = TermHit(0, 13, Term("€11.1 million", {"zh_CN": ("1110万欧元",)}, pos="figure"), "1110万欧元")
    alignment = Alignment([(0, 13)], [(said.index(at), said.index(at) + len(at))], [[1.0]])
    assert repair(said, [hit], "zh_CN", alignment)[0] == wanted


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("鲁迪离开了", "鲁道夫离开了"),  # garbled: some of its characters are there
        ("市长离开了", "市长离开了"),  # another word, which may be as good
        ("Rudolf离开了", "鲁道夫离开了"),  # left in English
    ],
)
def test_a_suggestion_takes_the_place_of_its_like_alone(said, wanted):
    hit = TermHit(0, 6, Term("Rudolf", {"zh_CN": ("鲁道夫",)}, pos=SUGGESTED), "鲁道夫")
    alignment = align("Rudolf left", said, [(said[:-3], "Rudolf"), ("离开了", "left")])
    assert repair(said, [hit], "zh_CN", alignment)[0] == wanted


@pytest.mark.parametrize(
    ("target", "pairs", "wanted"),
    [
        ("美美国插手", [("美", "U.S."), ("美国", "U.S."), ("插手", "intervention")], "美国干涉"),
        ("和美美国", [("和", "the"), ("美", "U.S."), ("美国", "U.S.")], "和美国"),
        ("美国国的", [("美国", "U.S."), ("国", "U.S."), ("的", "the")], "美国的"),
        ("国美国插手", [("国", "U.S."), ("美国", "U.S."), ("插手", "intervention")], "美国干涉"),
        ("完美美国", [("完", "the"), ("美", "the"), ("美国", "U.S.")], "完美美国"),  # another word's
        ("美国美国", [("美国", "U.S."), ("美国", "U.S.")], "美国"),
        ("美国美国", [("美", "U.S."), ("国", "U.S."), ("美国", "U.S.")], "美国"),  # never a half of it
        ("美《美国》插手", [("美", "U.S."), ("《美国》", "U.S."), ("插手", "intervention")], "《美国》干涉"),
        ("〈美国〉美国", [("〈美国〉", "U.S."), ("美国", "U.S.")], "〈美国〉"),
        ("完美《美国》", [("完美", "the"), ("《美国》", "U.S.")], "完美《美国》"),
    ],
)
def test_what_is_said_once_more_beside_a_term_is_dropped(target, pairs, wanted):
    hits = apply.hits("the U.S. intervention", MATCHER, "zh_CN")
    assert repair(target, hits, "zh_CN", align("the U.S. intervention", target, pairs))[0] == wanted


def test_a_title_is_not_begun_before_its_mark():
    hit = TermHit(6, 15, Term("New START", {"zh_CN": ("《新削减战略武器条约》",)}), "《新削减战略武器条约》")
    pairs = [("新", "New"), ("《新削减战略武器条约》", "START"), ("之后", "After")]
    alignment = align("After New START", "新《新削减战略武器条约》之后", pairs)
    assert repair("新《新削减战略武器条约》之后", [hit], "zh_CN", alignment)[0] == "《新削减战略武器条约》之后"


def test_a_foreign_name_does_not_begin_twice():
    hit = TermHit(4, 17, Term("Rex Tillerson", {"zh_CN": ("雷克斯·蒂勒森",)}), "雷克斯·蒂勒森")
    said = "和雷雷克斯·蒂勒森森"
    pairs = [("和", "and"), ("雷", "and"), ("雷克斯·蒂勒森", "Tillerson"), ("森", "and")]
    assert repair(said, [hit], "zh_CN", align("and Rex Tillerson", said, pairs))[0] == "和雷克斯·蒂勒森森"


def test_replace_keeps_tags_and_drops_doubles():
    assert replace("与<a1>松动</a1>的", (1, 12), "缓和") == "与<a1>缓和</a1>的"
    assert replace("在美国议会里", (3, 5), "美国国会") == "在美国国会里"
    assert replace("其中中国", (2, 4), "中国") == "其中中国"
    assert replace("他说，中中心认为", (4, 6), "中国研究院") == "他说，中国研究院认为"
    assert replace("中中心", (1, 3), "中国研究院") == "中国研究院"
    assert replace("人民大会会议", (0, 4), "全国人民代表大会") == "全国人民代表大会会议"
    assert replace("联合国的", (0, 2), "联合国") == "联合国的"
    assert replace("美国的的", (0, 3), "美国的") == "美国的"
    assert replace("中国中国", (2, 4), "中国人", [(0, 2)]) == "中国中国人"


def test_annotate():
    hits = apply.hits("The <a1>U.S.</a1> wants détente in <a2>America</a2>.", MATCHER, "zh_CN")
    text = "The <a1>U.S.</a1> wants détente in <a2>America</a2>."
    assert apply.annotate(text, hits) == (
        "The <a1><term>U.S.<as>美国</term></a1> wants <term>détente<as>缓和</term> in <a2><term>America<as>美国</term></a2>."
    )
    cut = "The <a1>U.S.</a1> Congress and <a2>the U.S.</a2> Congress"
    assert apply.annotate(cut, apply.hits(cut, MATCHER, "zh_CN"), "[", "=", "]") == (
        "The [<a1>U.S.</a1> Congress=美国国会] and <a2>the U.S.</a2> Congress"
    )
    assert apply.annotate("Georgia", apply.hits("Georgia", MATCHER, "zh_CN")) == "Georgia"


def test_forbidden_forms_within_permitted_ones_do_not_count():
    terms = [Term("San Francisco", {"zh_CN": ("旧金山",)}, {"zh_CN": ("金山",)})]
    assert apply.forbidden("旧金山和三藩市", terms, "zh_CN") == []
    assert [(slip.start, slip.form) for slip in apply.forbidden("旧金山的金山", terms, "zh_CN")] == [(4, "金山")]


def test_forms_are_derived_where_a_locale_has_none():
    term = Term("Congress", {"zh_CN": ("国会",)}, {"zh_CN": ("议会", "國會")})
    local = apply.localize(term, "zh_TW", to_tw)
    assert local.targets["zh_TW"] == ("國會",)
    assert local.forbidden["zh_TW"] == ("议會",)
    own = Term("Trump", {"zh_CN": ("特朗普",), "zh_TW": ("川普",)}, {"zh_CN": ("川普",)})
    assert apply.localize(own, "zh_TW", to_tw) == own
    assert apply.hits("Congress", Matcher([Term("Congress", {"zh_HK": ("國會",)})]), "zh_TW", to_tw) == ()


SOURCES = st.lists(
    st.sampled_from(["the U.S.", "the U.S. Congress", "détente", "missiles", "America", "and", "Georgia"]), max_size=6
)
TARGETS = st.lists(
    st.sampled_from(
        ["美国", "国会", "松动", "缓和", "导弹", "導彈", "Détente", "美洲", "的", "，", "<a1>", "格鲁吉亚"]
    ),
    max_size=8,
)


@settings(deadline=None)
@given(SOURCES.map(" ".join), TARGETS.map("".join))
def test_repair_never_loses_a_term_and_is_done_at_once(source, target):
    hits = apply.hits(source, MATCHER, "zh_CN")
    before = sum(hit.use is Use.KEPT for hit in apply.verify(target, hits, "zh_CN"))
    mended, marked = repair(target, hits, "zh_CN")
    after = [hit for hit in marked if hit.use in (Use.KEPT, Use.REPAIRED)]
    assert len(after) >= before
    assert (mended == target) == (Use.REPAIRED not in {hit.use for hit in marked})
    assert repair(mended, hits, "zh_CN")[0] == mended


@settings(deadline=None)
@given(SOURCES.map(" ".join), TARGETS.map("".join))
def test_answers_do_not_overlap_and_open_senses_take_one(source, target):
    hits = apply.hits(source, MATCHER, "zh_CN")
    found = apply.locks(target, hits, hits, "zh_CN")
    assert all(a[1] <= b[0] for a, b in pairwise(found))
    kept = sum(hit.use is Use.KEPT for hit in apply.verify(target, hits, "zh_CN"))
    assert len(found) <= kept


def test_no_unit_is_slow():
    source, target = "the U.S. and the U.S. Congress " * 1500, "美国国会、美国、国会" * 1400
    start = time.process_time()
    hits = apply.hits(source, MATCHER, "zh_CN")
    told = apply.verify(target, hits, "zh_CN")
    repair("缓和" * 20_000, apply.hits("détente " * 10_000, MATCHER, "zh_CN"), "zh_CN")
    repair("松动" * 300, apply.hits("détente " * 300, MATCHER, "zh_CN"), "zh_CN")
    assert time.process_time() - start < 10
    assert sum(hit.use is Use.KEPT for hit in told) == 3000
