"""What a model reads for a request, and where its pieces stand in the request's text and in the translation's."""

from __future__ import annotations

from pathlib import Path

import pytest
import sentencepiece
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.engine import Constraint, Request
from pipeline.engines._pieces import Markup, Reading, clean, joined, located, spelled, written, written_aligned
from pipeline.engines._shortlist import Shortlist

SPM = Path(__file__).parents[1] / "pipeline" / "models" / "en-zh" / "en-zh.spm"
MARKS = Markup()
SILENT = frozenset({"</s>"})


@pytest.fixture(scope="module")
def spm():
    return sentencepiece.SentencePieceProcessor(model_file=str(SPM))


def terms(text, *pairs):
    return Request(text, tuple(Constraint(text.index(s), text.index(s) + len(s), t) for s, t in pairs))


@pytest.mark.parametrize(
    ("request_", "reads"),
    [
        (terms("A period of détente.", ("détente", "缓和")), "A period of <term>détente<as>缓和</term>."),
        (
            terms("Trump’s talks with “Putin”", ("Putin", "普京"), ("Trump", "特朗普")),
            '<term>Trump<as>特朗普</term>\'s talks with "<term>Putin<as>普京</term>"',
        ),
        (terms("the  Cold\u00a0War ended", ("Cold\u00a0War", " 冷战 ")), "the <term>Cold War<as>冷战</term> ended"),
        (terms("de\u0301tente", ("de\u0301tente", "缓和")), "<term>détente<as>缓和</term>"),
        (terms("NATO AND THE EU", ("EU", "欧盟")), "Nato and the <term>eu<as>欧盟</term>"),
        (Request("say <term>no<as>不</term></s>"), "say < term>no< as>不< /term>< /s>"),
        (terms("say <term> now", ("now", "<as>现在")), "say < term> <term>now<as>< as>现在</term>"),
        (Request("a\0b\ud800c\u200bd"), "a b cd"),
        (Request(" \n "), ""),
        (terms("gone\u200b!", ("\u200b", "没了")), "gone!"),
    ],
)
def test_what_the_model_reads(request_, reads):
    assert written(request_, MARKS, reading=Reading()) == reads
    assert written_aligned(request_, MARKS, reading=Reading()).text == reads


def test_a_suggestion_is_opened_by_what_the_model_knows_for_it():
    ask = Request("Latvia and détente", (Constraint(0, 6, "拉脱维亚", soft=True), Constraint(11, 18, "缓和")))
    for markup, reads in (
        (MARKS, "<term>Latvia<as>拉脱维亚</term> and <term>détente<as>缓和</term>"),
        (Markup(suggested=""), "Latvia<as>拉脱维亚</term> and <term>détente<as>缓和</term>"),
    ):
        assert written(ask, markup, reading=Reading()) == reads
        assert written_aligned(ask, markup, reading=Reading()).text == reads


def test_a_model_that_knows_no_marks_reads_plain_text():
    ask = terms("A period of “détente”.", ("détente", "缓和"))
    assert written(ask, None, reading=None) == "A period of “détente”."


def _swapped(_, normal):
    """A recase that changes letters and keeps the length."""
    return "".join(c.swapcase() if len(c.swapcase()) == 1 else c for c in normal)


def _doubled(text):
    """A respelling that writes every b twice."""
    return [(i, i + 1, "bb") for i, c in enumerate(text) if c == "b"]


@given(st.text(max_size=60), st.booleans())
@example("<term>", True)
@example("<as><as>", False)
def test_both_ways_to_write_agree(text, embedded):
    reading = Reading(_swapped, _doubled) if embedded else None
    for markup in (MARKS, None):
        assert written_aligned(Request(text), markup, reading=reading).text == written(
            Request(text), markup, reading=reading
        )


@given(st.text(max_size=60))
@example("Emoji 😀 and 龘 and “quotes”")
def test_pieces_spell_the_text_and_know_their_place(text):
    spm = sentencepiece.SentencePieceProcessor(model_file=str(SPM))
    origin = written_aligned(Request(text), None, reading=Reading())
    pieces = spm.encode(origin.text, out_type=str)
    said, tokens = joined(pieces)
    assert said == spm.decode(pieces)
    spans = dict.fromkeys((t.start, t.end) for t in tokens if t.end > t.start)
    assert "".join(said[a:b] for a, b in spans) == said
    places = located([*pieces, "</s>"], origin, SILENT)
    covered = {i for p in places for i in range(p.start, p.end)}
    assert all(0 <= p.start <= p.end <= len(text) for p in places)
    kept = {i for s, e, c in zip(origin.starts, origin.ends, origin.text, strict=True) if c != " " for i in range(s, e)}
    assert kept <= covered


def test_no_place_lies_behind_the_end_of_a_translation():
    text, tokens = spelled(["▁", "母亲", "的", "▁", "</s>"], frozenset({"</s>"}))
    assert text == "母亲的"
    assert [(t.start, t.end) for t in tokens] == [(0, 0), (0, 2), (2, 3), (3, 3), (3, 3)]


def test_places_of_pieces(spm):
    text = "Trump’s  “détente” 😀 ended"
    ask = terms(text, ("détente", "缓和"))
    origin = written_aligned(ask, MARKS, reading=Reading())
    places = located([*spm.encode(origin.text, out_type=str), "</s>"], origin, SILENT)
    whole = [p for p in places if p.end > p.start]
    assert text[whole[0].start : whole[0].end] == "Trump"
    term = [p.piece for p in places if (p.start, p.end) == (text.index("détente"), text.index("détente") + 7)]
    assert term[0] == "<term>"
    assert term[-1] == "</term>"
    assert "<as>" in term
    assert {text[p.start : p.end] for p in places if p.piece.startswith("<0xF0")} == {"😀"}
    assert text[whole[-1].start : whole[-1].end] == "ended"
    assert (places[-1].start, places[-1].end) == (0, 0)


def test_places_where_a_tokenizer_normalises_by_itself():
    origin = written_aligned(Request("the ﬁrst … “end”"), None, reading=None)
    pieces = ["▁the", "▁fi", "rst", "▁...", '▁"', "end", '"', "</s>"]
    places = located(pieces, origin, SILENT)
    assert origin.text[places[0].start : places[0].end] == "the"
    assert origin.text[places[5].start : places[5].end] == "end"


def test_joined():
    text, tokens = joined(["▁", "▁中国", "<0xE4>", "<0xBD>", "<0xA0>", "▁NATO", "</s>", "<0xFF>"], SILENT)
    assert text == "中国你 NATO\ufffd"
    assert [text[t.start : t.end] for t in tokens] == ["", "中国", "你", "你", "你", " NATO", "", "\ufffd"]


def test_clean_keeps_offsets():
    assert clean("a\0\x1b\ud83d b\n\tc") == "a    b\n\tc"


def test_shortlist(tmp_path):
    path = tmp_path / "vmap.txt"
    path.write_text("\t的 。 </s>\n▁war\t战争 战\n▁cold ▁war\t冷战\n缓和\t缓和\n", encoding="utf-8")
    shortlist = Shortlist(path)
    assert shortlist.allows(["▁the"], [])
    assert shortlist.allows(["▁the", "▁war"], ["战争", "。"])
    assert not shortlist.allows(["▁the", "▁war"], ["冷战"])
    assert shortlist.allows(["▁the", "▁cold", "▁war"], ["冷战"])
    assert shortlist.allows(["<as>", "缓和"], ["缓和", "的"])
    assert not shortlist.allows([], ["缓和"])
