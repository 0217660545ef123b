"""Terms in English text: golden cases under cases/glossary/match, and what holds for all texts."""

from __future__ import annotations

import random
import re
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.glossary.match import Matcher
from pipeline.glossary.pattern import key
from pipeline.glossary.read import parse
from pipeline.model import Term

CASES = sorted((Path(__file__).parent / "cases" / "glossary" / "match").glob("*.txt"))
MARK = re.compile(r"\[([^\]=]*)(?:=[^\]]*)?\]", re.DOTALL)


def load(case):
    """The terms of a case, and its marked texts: a text ends with its line unless a bracket is open."""
    table, _, body = case.read_text("utf-8").partition("---\n")
    file = parse("\n".join(line for line in table.split("\n") if not line.startswith("#")).encode(), case.name)
    assert not file.problems, file.problems
    texts, open_text = [], ""
    for line in body.rstrip("\n").split("\n"):
        open_text += line
        if open_text.count("[") == open_text.count("]"):
            texts.append(open_text)
            open_text = ""
        else:
            open_text += "\n"
    return file.terms, texts


def marked(text, matches, *, forms):
    pieces, at = [], 0
    for match in matches:
        told = f"={'/'.join(term.targets['zh_CN'][0] for term in match.candidates)}" if forms else ""
        pieces += [text[at : match.start], f"[{text[match.start : match.end]}{told}]"]
        at = match.end
    return "".join(pieces) + text[at:]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_golden(case):
    terms, texts = load(case)
    matcher = Matcher(terms)
    found = [marked(MARK.sub(r"\1", text), matcher.find(MARK.sub(r"\1", text)), forms="=" in text) for text in texts]
    assert found == texts


def test_wider_context_chooses_a_sense():
    terms = [
        Term("Georgia", {"zh_CN": ("格鲁吉亚",)}, context=("Tbilisi",)),
        Term("Georgia", {"zh_CN": ("佐治亚州",)}, context=("Atlanta",)),
    ]
    matcher = Matcher(terms)
    assert matcher.find("Georgia voted.", around="In Atlanta it rained.")[0].candidates == (terms[1],)
    assert matcher.find("Georgia and Tbilisi.", around="In Atlanta it rained.")[0].candidates == (terms[0],)
    assert matcher.find("Georgia voted.")[0].candidates == tuple(terms)


def test_entries_that_say_the_same_leave_nothing_open():
    """What both want needs the context of one of them."""
    terms = [
        Term("duty", {"zh_CN": ("关税",)}, context=("tariff",)),
        Term("duties", {"zh_CN": ("关税",)}, context=("customs",)),
    ]
    matcher = Matcher(terms)
    assert matcher.find("It is a tariff, a duty.")
    assert not matcher.find("He did his duty.")
    assert not matcher.find("He has duties.")


def test_status_decides():
    def term(form, status):
        return Term("détente", {"zh_CN": (form,)}, pos="noun", status=status)

    every = [term("一", "deprecated"), term("二", "proposed"), term("三", "admitted"), term("四", "")]
    assert Matcher(every).find("détente")[0].candidates == (every[3],)
    assert Matcher(every[:3]).find("détente")[0].candidates == (every[2],)
    assert not Matcher(every[:2]).find("détente")


def test_acronyms_that_are_words_in_a_headline_of_capitals():
    matcher = Matcher(
        [Term("US", {"zh_CN": ("美国",)}), Term("WHO", {"zh_CN": ("世卫组织",)}), Term("NATO", {"zh_CN": ("北约",)})]
    )
    headline = "WHO IS AFRAID OF NATO? TELL US, THE U.S. SAYS"
    assert [headline[m.start : m.end] for m in matcher.find(headline)] == ["NATO", "U.S."]
    assert [m.start for m in matcher.find("The US asked the WHO for help.")] == [4, 17]


def test_every_finds_terms_within_terms():
    terms = [Term(source, {"zh_CN": ("甲",)}) for source in ("Security Council", "UN Security Council", "Council")]
    assert Matcher(terms).every("the UN Security Council") == terms


WORDS = st.sampled_from(
    [
        "U.S.",
        "US",
        "us",
        "Russia",
        "russia's",
        "arms",
        "control",
        "arms-control",
        "<a1>",
        "</a1>",
        ",",
        ".",
        "“",
        "’",
        "Soviet",
        "Union\n",
        "\xa0",
        "é",
        "中国",
        "-",
        "—",
    ]
)
TEXTS = st.lists(WORDS, max_size=30).map(" ".join) | st.text(max_size=60)
TERMS = ["U.S.", "Russia", "arms control", "control", "Soviet Union", "Union"]


@given(TEXTS)
def test_matches_are_in_order_and_apart_and_inside(text):
    matches = Matcher([Term(source, {"zh_CN": ("甲",)}) for source in TERMS]).find(text)
    at = 0
    for match in matches:
        assert at <= match.start < match.end <= len(text)
        assert match.candidates
        at = match.end


SOURCE = st.from_regex(r"[A-Za-z][a-z]{1,8}([ -][A-Za-z][a-z]{1,8}){0,3}", fullmatch=True)


@given(
    SOURCE,
    st.sampled_from(["", "noun", "verb", "name", "adjective", "phrase"]),
    st.sampled_from(["", "exact", "case", "inflect"]),
)
def test_a_term_is_found_in_its_own_source(source, pos, match):
    found = Matcher([Term(source, {"zh_CN": ("甲",)}, pos=pos, match=match)]).find(f"({source})")
    assert [(m.start, m.end) for m in found] == [(1, 1 + len(source))]


@settings(max_examples=200)
@given(st.text(max_size=40))
@example("\u0300")  # an accent alone is a token that cleans to nothing
@example("a \u0300 b")
def test_any_source_can_be_looked_for(source):
    found = Matcher([Term(source, {"zh_CN": ("甲",)})]).find(source * 2)
    assert all(match.start < match.end <= 2 * len(source) for match in found)
    assert any(word[:1].isalnum() for word in key(source)) or not found


def text_of(size, seed=5):
    """English-like text: words of a Zipfian vocabulary of 20,000."""
    dice = random.Random(seed)
    letters = "etaoinshrdlucmfwypvbgk"
    words = ["".join(dice.choices(letters, k=dice.randint(2, 10))) for _ in range(20000)]
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    chosen = dice.choices(words, weights, k=size // 6)
    return words, " ".join(word.capitalize() if n % 17 == 0 else word for n, word in enumerate(chosen))


@pytest.mark.parametrize(("capital", "every"), [(False, 0), (False, 3), (True, 3)], ids=["sparse", "dense", "names"])
def test_a_megabyte_a_second_with_five_thousand_terms(capital, every):
    """The promise is 1 MB a second on a free core; on a busy machine a third of it must be left."""
    words, text = text_of(1_000_000)
    dice = random.Random(7)
    sources = [" ".join(dice.choices(words, k=dice.randint(1, 3))) for _ in range(5000)]
    if capital:
        sources = [source.title() for source in sources]
    if every:  # a term at every so many words
        text = " ".join(dice.choice(words if n % every else sources) for n in range(120_000))
    matcher = Matcher(Term(source, {"zh_CN": ("甲",)}, pos="name" if capital else "noun") for source in sources)
    start = time.process_time()
    found = matcher.find(text)
    seconds = time.process_time() - start
    assert len(text) > 900_000
    assert len(found) > (30_000 if every else 1000)
    assert seconds < 3 * len(text) / 1e6


@pytest.mark.parametrize(
    "text",
    [
        "a " * 60_000 + "b",
        "a-" * 60_000,
        "U.S." * 100_000,
        "'" * 300_000,
        "<a1>" * 100_000,
        "<" * 300_000,
        "a." * 100_000 + "@",
        "@" * 200_000,
        "www." * 60_000,
        "a" * 500_000,
        "a'" * 200_000,
    ],
    ids=["repeated", "hyphens", "periods", "apostrophes", "tags", "brackets", "address", "at", "www", "word", "quotes"],
)
def test_no_input_is_slow(text):
    terms = [Term("a " * n + "b", {"zh_CN": ("甲",)}) for n in range(1, 20)] + [
        Term("U.S.", {"zh_CN": ("美国",)}),
        Term("a", {"zh_CN": ("甲",)}),
    ]
    start = time.process_time()
    Matcher(terms).find(text)
    assert time.process_time() - start < 5


def test_many_ambiguous_terms_in_a_long_text_are_quick():
    terms = [Term("Georgia", {"zh_CN": (str(n),)}, context=(f"word{n}",)) for n in range(20)]
    start = time.process_time()
    assert len(Matcher(terms).find("Georgia is here. " * 20_000)[0].candidates) == 20
    assert time.process_time() - start < 5
