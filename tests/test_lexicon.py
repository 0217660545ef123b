"""What a model's lexicon suggests for a text, and how the suggestions are written into what the model reads."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.draft.prepare import FIGURE, prepare
from pipeline.engine import Constraint, EngineSettings, Request, Supports, validate
from pipeline.engines import ctranslate2
from pipeline.engines._lexicon import MOST, Lexicon, singulars, words
from pipeline.engines._vocabulary import Vocabulary
from pipeline.errors import SanwenError
from pipeline.model import SUGGESTED, Kind, Term, TermHit, Unit
from pipeline.model_card import read_card

MODEL = Path(__file__).parents[1] / "pipeline" / "models" / "en-zh"
ENTRIES = {
    "Giuliani": "朱利安尼",
    "Rudy Giuliani": "鲁迪·朱利安尼",
    "Long Beach": "长滩",
    "Latvia": "拉脱维亚",
    "jellyfish": "水母",
    "cycad": "苏铁",
    "virus": "病毒",
    "embassy": "大使馆",
    "Sub-Saharan": "撒哈拉以南",
    "HSBC": "汇丰",
    "relief valve": "安全阀",
    "carbon sink": "碳汇",
}


class Taught:
    """What `prepare` asks of an engine."""

    supports, limit, comfort, mask = Supports(annotation=True), 512, 120, "@{n}@"

    def __init__(self, vocabulary):
        self._vocabulary = vocabulary

    def length(self, text):
        return len(text.split())

    def suggest(self, text, taken, *, named=False):
        return self._vocabulary.suggest(text, taken, named=named)


@pytest.fixture(scope="module")
def lexicon(tmp_path_factory):
    path = tmp_path_factory.mktemp("lexicon") / "lexicon.tsv"
    path.write_text("".join(f"{k}\t{v}\n" for k, v in ENTRIES.items()), encoding="utf-8")
    return Lexicon(path)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He met Rudy Giuliani in Long Beach.", {"Rudy Giuliani": "鲁迪·朱利安尼", "Long Beach": "长滩"}),
        ("Mr. Giuliani's lawyer", {"Giuliani": "朱利安尼"}),
        ("Giuliani’s lawyer", {"Giuliani": "朱利安尼"}),
        ("It eats cycads and jellyfish.", {"cycads": "苏铁", "jellyfish": "水母"}),
        ("Jellyfish have no brains. Cycads do not either.", {"Jellyfish": "水母", "Cycads": "苏铁"}),
        ('She said: "Embassies are closed."', {"Embassies": "大使馆"}),
        ("Viruses spread", {"Viruses": "病毒"}),
        ("Sub-Saharan Africa", {"Sub-Saharan": "撒哈拉以南"}),
        ("the Jellyfish, a band", {}),  # a capital within a sentence: a name, not the animal
        ("Latvian and latvia", {}),
        ("the beach is long", {}),
        ("HSBCs", {}),
        ("a relief valve and carbon sinks", {"relief valve": "安全阀", "carbon sinks": "碳汇"}),
        ("Carbon sinks shrink", {"Carbon sinks": "碳汇"}),
        ("the Carbon Sink", {}),
        ("", {}),
    ],
)
def test_what_is_suggested(lexicon, text, found):
    assert {text[a:b]: target for a, b, target in lexicon.hints(text, ())} == found


def test_the_glossary_comes_first(lexicon):
    text = "Rudy Giuliani left Latvia"
    assert lexicon.hints(text, [(0, 4)]) == [(5, 13, "朱利安尼"), (19, 25, "拉脱维亚")]
    assert lexicon.hints(text, [(0, 25)]) == []


def test_a_text_is_not_overloaded(lexicon):
    text = " ".join(["Latvia"] * 20)
    assert len(lexicon.hints(text, ())) == MOST
    assert len(lexicon.hints(text, [(0, 6), (7, 13)])) == MOST - 2


def test_a_name_at_a_sentences_beginning_is_not_looked_up_in_small_letters(tmp_path):
    (tmp_path / "words.tsv").write_text("viola\t中提琴\nwhistler\t吹哨者\n", encoding="utf-8")
    words = Lexicon(tmp_path / "words.tsv")
    assert words.hints("Viola Davis spoke. Whistler Blackcomb opened.", ()) == []
    assert [h[2] for h in words.hints("Viola music was played.", ())] == ["中提琴"]


@given(st.text(alphabet=st.sampled_from("aL'’- \n.Giulanitv"), max_size=40))
def test_suggestions_are_in_order_and_within_the_text(lexicon, text):
    last = 0
    for start, end, target in lexicon.hints(text, ()):
        assert last <= start < end <= len(text)
        assert target in ENTRIES.values()
        last = end


@given(st.text(max_size=60))
def test_words_begin_and_end_with_letters(text):
    assert all(text[a] not in "'’- " and text[b - 1] not in "'’- " for a, b in words(text))


def test_singulars():
    assert singulars("embassies") == ["embassy", "embassie"]
    assert singulars("improves") == ["improve"]
    assert singulars("glass") == singulars("bus") == singulars("Cycads") == []


@pytest.mark.parametrize("line", ["no tab\n", "\t朱利安尼\n", "Giuliani\t\n", "Giuliani\t  \n"])
def test_a_broken_lexicon_is_named(tmp_path, line):
    (tmp_path / "lexicon.tsv").write_text("Latvia\t拉脱维亚\n" + line, encoding="utf-8")
    with pytest.raises(SanwenError, match="line 2") as e:
        Lexicon(tmp_path / "lexicon.tsv").hints("Latvia", ())
    assert e.value.file == str(tmp_path / "lexicon.tsv")


def test_the_first_of_several_lexicons_goes_first(tmp_path):
    (tmp_path / "names.tsv").write_text("Pentagon\t五角大楼\n", encoding="utf-8")
    (tmp_path / "words.tsv").write_text("Pentagon\t五边形\npentagon\t五边形\n", encoding="utf-8")
    both = Lexicon(tmp_path / "names.tsv", tmp_path / "words.tsv")
    assert [h[2] for h in both.hints("The Pentagon is a pentagon.", ())] == ["五角大楼", "五边形"]


def test_a_missing_lexicon_is_named(tmp_path):
    with pytest.raises(SanwenError, match="cannot be read"):
        Lexicon(tmp_path / "lexicon.tsv").hints("Latvia", ())


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory, lexicon):
    folder = tmp_path_factory.mktemp("model")
    shutil.copy(MODEL / "en-zh.spm", folder)
    shutil.copy(MODEL / "model.json", folder)
    (folder / "dictionary.tsv").write_text("Latvian\t拉脱维亚人\nvirus\t病毒\n", encoding="utf-8")
    (folder / "vocabulary.tsv").write_text("claw back\t收回\n", encoding="utf-8")
    (folder / "lexicon.tsv").write_text("".join(f"{k}\t{v}\n" for k, v in ENTRIES.items()), encoding="utf-8")
    return Vocabulary(folder, read_card(folder))


def test_suggestions_stand_in_the_text_as_it_is(vocabulary):
    text = "“Latvia’s  détente” – Rudy\u00a0Giuliani"
    found = vocabulary.suggest(text, [(11, 18)], named=False)
    assert [(text[c.start : c.end], c.target, c.soft) for c in found] == [
        ("Latvia", "拉脱维亚", True),
        ("Rudy\u00a0Giuliani", "鲁迪·朱利安尼", True),
    ]
    reads = '"Latvia<as>拉脱维亚</term>\'s <term>détente<as>缓和</term>" - Rudy Giuliani<as>鲁迪·朱利安尼</term>'
    assert vocabulary.text(Request(text, (Constraint(11, 18, "缓和"), *found))) == reads


def test_a_headline_is_looked_up_as_running_text(vocabulary):
    text = "Jellyfish and Coral Are Taking Over, Says Embassy"
    assert [text[c.start : c.end] for c in vocabulary.suggest(text, (), named=False)] == ["Jellyfish", "Embassy"]
    assert [text[c.start : c.end] for c in vocabulary.suggest(text, (), named=True)] == ["Jellyfish"]


@given(st.text(alphabet=st.sampled_from("aL'’- \n.<term>Giulanitv"), max_size=40))
def test_suggestions_can_be_asked_for(vocabulary, text):
    validate(Request(text, vocabulary.suggest(text, (), named=False)))


def test_the_embedded_model_has_a_lexicon_and_can_do_without():
    card = read_card(MODEL)
    text = "Latvia delayed the talks on ballistic missiles."
    assert [c.target for c in Vocabulary(MODEL, card).suggest(text, (), named=False)] == ["拉脱维亚", "弹道导弹"]
    assert Vocabulary(MODEL, card, lexicon=False).suggest(text, (), named=False) == ()


def test_the_option_is_part_of_the_signature():
    plain = ctranslate2.load(EngineSettings(extra={"lexicon": False}))
    suggested = ctranslate2.load(EngineSettings())
    assert suggested.signature == plain.signature + " lexicon"
    text = "Latvia delayed the talks."
    assert plain.suggest(text, ()) == ()
    assert "拉脱维亚" in suggested.translate([Request(text, suggested.suggest(text, ()))])[0].text


def test_a_draft_takes_suggestions_but_owes_none(vocabulary):
    engine = Taught(vocabulary)
    unit = Unit(raw="", source="Latvia grew by 3% in 2024.")
    prepared = prepare(unit, engine, "zh_CN")
    assert {(prepared.masked.text[h.start : h.end], h.term.pos) for h in prepared.hits} == {
        ("Latvia", SUGGESTED),
        ("2024", FIGURE),
        ("3%", FIGURE),
    }
    assert {c.target: c.soft for c in prepared.pieces[0].constraints}["拉脱维亚"]
    assert prepare(unit, engine, "zh_TW").hits == ()


def test_the_glossary_is_asked_before_the_lexicon(vocabulary):
    term = TermHit(0, 6, Term("Latvia", {"zh_CN": ("拉国",)}), "拉国")
    prepared = prepare(Unit(raw="", source="Latvia grew.", terms=(term,)), Taught(vocabulary), "zh_CN")
    assert [(c.target, c.soft) for c in prepared.pieces[0].constraints] == [("拉国", False)]


@pytest.mark.parametrize(("form", "asked"), [("元", ["4000万元"]), ("人民币", ["人民币"])])
def test_a_figure_that_says_a_term_within_it_is_asked_for_whole(vocabulary, form, asked):
    text = "It cost 40 million yuan."
    term = TermHit(19, 23, Term("yuan", {"zh_CN": (form,)}), form)
    prepared = prepare(Unit(raw="", source=text, terms=(term,)), Taught(vocabulary), "zh_CN")
    assert [c.target for c in prepared.pieces[0].constraints if not c.soft] == asked


@pytest.mark.parametrize("name", ["lexicon.tsv", "dictionary.tsv", "vocabulary.tsv"])
def test_an_altered_lexicon_is_noticed(tmp_path, name):
    folder = tmp_path / "models" / "en-zh"
    shutil.copytree(MODEL, folder)
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write("Latvia\t立陶宛\n")
    with pytest.raises(SanwenError, match="manifest") as e:
        ctranslate2.load(EngineSettings(model="en-zh", workspace=str(tmp_path)))
    assert e.value.file == str(folder / name)


def test_an_affiliation_is_translated_part_by_part(vocabulary):
    unit = Unit(raw="", source="Fellow, Arms Control Programme, Example Institute", kind=Kind.AFFILIATION)
    pieces = prepare(unit, Taught(vocabulary), "zh_CN").pieces
    assert [piece.text for piece in pieces] == ["Fellow", "Arms Control Programme", "Example Institute"]
    assert [unit.source[piece.start :][: len(piece.text)] for piece in pieces] == [piece.text for piece in pieces]
