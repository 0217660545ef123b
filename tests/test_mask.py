"""Masks and inline tags come through whole: examples to read, then properties over any text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.text import mask
from pipeline.text.mask import Restored, TagSpan
from pipeline.text.project import Alignment, project

SYMBOLS = ["⟦{n}⟧", "__{n}__", "<{n}>", "#{n};"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("See https://un.org/a_(b). Or (www.state.gov).", ["https://un.org/a_(b)", "www.state.gov"]),
        ("Write to press@state.gov, please.", ["press@state.gov"]),
        ("The site cfr.org has more; foreignaffairs.com/x?y=1 too.", ["cfr.org", "foreignaffairs.com/x?y=1"]),
        ("Hello {name}, %s and %(count)d of ${TOTAL}.", ["{name}", "%s", "%(count)d", "${TOTAL}"]),
        ("Growth of 5% did not help 100% of us, he said.", []),
        ("The file /etc/sanwen/a.toml or report.pdf.", ["/etc/sanwen/a.toml", "report.pdf"]),
        ("Run `sanwen run x` with @StateDept on #NoWar, item #1.", ["`sanwen run x`", "@StateDept", "#NoWar"]),
        ("<a1>The text</a1> and <x2/>.", ["<a1>", "</a1>", "<x2/>"]),
        ("He left.It was U.S./China, 24/7, and/or km/h, e.g. this.", []),
        ("It says ⟦1⟧ already.", ["⟦1⟧"]),
        ("详见cfr.org上的文章、邮件a@b.org和#Détente运动。", ["cfr.org", "a@b.org", "#Détente"]),
        ("On #Détente, see cfr.org\u3000now.", ["#Détente", "cfr.org"]),
        ("网址是https://example.org/页面，请看。", ["https://example.org/页面"]),
    ],
)
def test_what_is_masked(text, values):
    masked = mask.protect(text, ["a1", "x2"])
    assert [span.value for span in masked.spans] == values
    assert mask.restore(masked.text, masked) == Restored(text)


@pytest.mark.parametrize("damaged", ["见 ⟦1⟧ 与⟦2⟧。", "见⟦ 1 ⟧与【２】。", "见〚１〛与[2]。", "见［ 1］与⟦2 ⟧。"])
def test_restore_forgives_spaces_and_widths(damaged):
    masked = mask.protect("See cfr.org and un.org.")
    restored = mask.restore(damaged, masked)
    assert "".join(restored.text.split()) == "见cfr.org与un.org。"
    assert not restored.lost
    assert not restored.doubled


def test_the_guard_counts():
    masked = mask.protect("See cfr.org and un.org.")
    assert mask.restore("见⟦1⟧。", masked).lost == ("un.org",)
    assert mask.restore("见⟦1⟧、⟦1⟧和⟦2⟧。", masked).doubled == ("cfr.org",)
    assert mask.restore("见⟦1⟧、⟦2⟧和⟦7⟧。", masked).doubled == ("⟦7⟧",)


def test_pieces_lose_nothing():
    masked = mask.protect("See cfr.org and un.org now.")
    parts = mask.pieces(masked.text, masked)
    assert parts == ("See ", "cfr.org", " and ", "un.org", " now.")


def test_a_symbol_without_a_number_is_refused():
    with pytest.raises(ValueError, match="mask symbol"):
        mask.protect("a", symbol="__")


LUMPS = st.sampled_from(
    [
        *"⟦ ⟧ ⟦1⟧ ⟦ 2 ⟧ 【１】 _ __ __1__ ＿ 1 2 # ; #1; < > <1> <a1> </a1> <x2/> http://x.y/(z) a@b.org ` {x} %s cfr.org".split(),  # noqa: SIM905
        *[" ", "\n", "、", "word", "\ud800"],
    ]
)
TEXTS = st.lists(LUMPS, max_size=25).map("".join) | st.text(max_size=50)


@settings(deadline=None)
@given(TEXTS, st.sampled_from(SYMBOLS))
def test_any_text_comes_back(text, symbol):
    masked = mask.protect(text, ["a1", "x2"], symbol=symbol)
    assert mask.restore(masked.text, masked) == Restored(text)
    parts = mask.pieces(masked.text, masked)
    assert "".join(parts) == text
    assert list(parts[1::2]) == [span.value for span in masked.spans]


@settings(deadline=None)
@given(TEXTS, TEXTS, st.sampled_from(SYMBOLS))
def test_any_translation_is_accounted_for(text, translation, symbol):
    masked = mask.protect(text, ["a1"], symbol=symbol)
    restored = mask.restore(translation, masked)
    for span in masked.spans:
        assert span.value in restored.lost or span.value in restored.text


def test_tags_are_taken_out():
    assert mask.tags("<a1>The <b2>old</b2> text</a1><x3/>.", ["a1", "b2", "x3"]) == (
        "The old text.",
        (TagSpan("a1", 0, 12), TagSpan("b2", 4, 7), TagSpan("x3", 12, 12, empty=True)),
    )


@pytest.mark.parametrize("text", ["<a1>open", "</a1>shut<a1>", "<a1>x</a1><a1>y</a1>", "<a1/>x</a1>", "<z9>x</z9>"])
def test_broken_tags_stay_in_the_text(text):
    assert mask.tags(text, ["a1"]) == (text, ())


WORDS = ["The", "new", "treaty", "was", "signed", "in", "Beijing", "."]
HAN = ["新条约", "在", "北京", "签署", "了", "。"]


def offsets(words, gap):
    here, spans = 0, []
    for word in words:
        spans.append((here, here + len(word)))
        here += len(word) + gap
    return spans


SOURCE, TARGET = " ".join(WORDS), "".join(HAN)
LINKS = [(1, 0), (2, 0), (5, 1), (6, 2), (4, 3), (3, 4), (7, 5)]
ALIGNED = Alignment.of_pairs((offsets(WORDS, 1)[s], offsets(HAN, 0)[t]) for s, t in LINKS)


@pytest.mark.parametrize(
    ("tagged", "expected"),
    [
        ("The new treaty was signed in <a1>Beijing</a1> .", "新条约在<a1>北京</a1>签署了。"),
        ("The <a1>new treaty</a1> was <b2>signed</b2> in Beijing .", "<a1>新条约</a1>在北京<b2>签署</b2>了。"),
        ("<a1>The new treaty was signed in Beijing .</a1>", "<a1>新条约在北京签署了。</a1>"),
        ("The new treaty was <a1>signed in <b2>Beijing</b2></a1> .", "新条约<a1>在<b2>北京</b2>签署</a1>了。"),
        ("The new treaty was signed in Beijing .<x1/>", "新条约在北京签署了。<x1/>"),
        ("The new treaty<x1/> was signed in Beijing .", "新条约<x1/>在北京签署了。"),
    ],
)
def test_tags_follow_the_attention(tagged, expected):
    plain, spans = mask.tags(tagged, ["a1", "b2", "x1"])
    assert plain == SOURCE
    assert project(plain, spans, ALIGNED, TARGET) == expected


def well_formed(text):
    stack = []
    for match in re.finditer(r"<(/?)(\w+?)(/?)>", text):
        if match[1]:
            if not stack or stack.pop() != match[2]:
                return False
        elif not match[3]:
            stack.append(match[2])
    return not stack


@st.composite
def tagged_sentences(draw):
    """A source with nested tags, a target, and any alignment between their tokens."""
    count = draw(st.integers(0, 8))
    number, parts, opened = 0, [], []
    for word in draw(st.lists(st.sampled_from(["a", "bc", "“d”", "."]), min_size=count, max_size=count)):
        for action in draw(st.lists(st.sampled_from(["open", "shut", "empty"]), max_size=2)):
            if action in {"open", "empty"}:
                number += 1
                parts.append(f"<t{number}>" if action == "open" else f"<t{number}/>")
                if action == "open":
                    opened.append(number)
            elif opened:
                parts.append(f"</t{opened.pop()}>")
        parts.append(word + " ")
    parts += [f"</t{n}>" for n in reversed(opened)]
    target = draw(st.lists(st.sampled_from(["天", "地人", "“", "”", "，", "。", " "]), max_size=8))
    return "".join(parts), number, target, draw(st.randoms(use_true_random=False))


@settings(deadline=None)
@given(tagged_sentences())
def test_projection_is_always_well_formed(case):
    tagged, number, target, random = case
    names = [f"t{n}" for n in range(1, number + 1)]
    plain, spans = mask.tags(tagged, names)
    columns = [match.span() for match in re.finditer(r"\S+", plain)]
    weights = [[random.choice([0.0, 0.1, 1.0]) for _ in columns] for _ in target]
    result = project(plain, spans, Alignment(columns, offsets(target, 0), weights), "".join(target))
    assert well_formed(result)
    assert re.sub(r"</?t\d+/?>", "", result) == "".join(target)
    for name in names:
        assert sum(result.count(form) for form in (f"<{name}>", f"<{name}/>")) == 1


def test_a_crooked_alignment_is_refused():
    with pytest.raises(ValueError, match="shape"):
        project("a", (TagSpan("a1", 0, 1),), Alignment([(0, 1)], [(0, 1)], []), "天")


def test_hundreds_of_nested_tags_are_no_danger():
    names = [f"t{n}" for n in range(3000)]
    tagged = "".join(f"<{n}>" for n in names) + "a" + "".join(f"</{n}>" for n in reversed(names))
    plain, spans = mask.tags(tagged, names)
    assert well_formed(project(plain, spans, Alignment([(0, 1)], [(0, 1)], [[1.0]]), "天"))
