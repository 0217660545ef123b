"""The fast matcher against a plain one, which tries every way to write every term at every place."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.glossary.match import Match, Matcher
from pipeline.glossary.pattern import key, mode, patterns
from pipeline.glossary.tokens import clean, tokenize
from pipeline.model import Term


def agrees(wanted, written, exact):
    """Whether a word of the text may stand for one of the pattern: a capital of the term is one in the text."""
    if exact or wanted == written:
        return wanted == written
    small = wanted.lower() in ("the", "of") and not wanted.isupper()
    capitals = all(b.isupper() for a, b in zip(wanted, written, strict=False) if a.isupper())
    return wanted.lower() == written.lower() and (capitals or small)


def stands(term, written):
    """Whether these words are one way to write the term."""
    exact = mode(term) == "exact"
    return any(
        len(pattern) == len(written) and all(agrees(*pair, exact) for pair in zip(pattern, written, strict=True))
        for pattern in patterns(term)
    )


def senses(terms, text):
    """Those that the context leaves; context words are single, and counted in the whole text."""
    words = {clean(word).lower() for _, _, word in tokenize(text)}
    scores = [len(words & set(term.context)) for term in terms]
    if max(scores):
        return preferred([term for term, score in zip(terms, scores, strict=True) if score == max(scores)])
    plain = [term for term in terms if not term.context]
    differ = any(term.targets != terms[0].targets for term in terms)
    return preferred(plain) if plain else terms if differ else []


def preferred(terms):
    return [term for term in terms if term.status != "admitted"] or terms


def plain_find(terms, text):
    """Every term at every place; longest first, then from the left."""
    tokens = tokenize(text)
    cleaned = tuple(clean(word) for _, _, word in tokens)
    taken, found = set(), []
    spans = [(start, end) for end in range(len(tokens) + 1) for start in range(end)]
    for start, end in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        written = cleaned[start:end]
        here = [term for term in terms if taken.isdisjoint(range(start, end)) and stands(term, written)]
        left = senses(here, text) if here else []
        if len(left) > 1:
            left = [term for term in left if key(term.source) == written] or left
        kept = []
        for term in left:
            if all(term.targets != other.targets for other in kept):
                kept.append(term)
        if kept:
            taken.update(range(start, end))
            found.append(Match(tokens[start][0], tokens[end - 1][1], tuple(kept)))
    return sorted(found)


SOURCES = [
    "arms",
    "arm",
    "arms control",
    "control",
    "controls treaty",
    "Treaty of Arms",
    "Control the Treaty",
    "The Treaty",
    "U.S.",
    "NATO",
    "NATO treaty",
    "non-arms",
    "détente",
    "Détente Treaty",
    "arms-control treaty",
]
TERMS = st.lists(
    st.builds(
        Term,
        st.sampled_from(SOURCES),
        st.sampled_from(["甲", "乙", "丙"]).map(lambda form: {"zh_CN": (form,)}),
        pos=st.sampled_from(["", "noun", "verb", "name"]),
        match=st.sampled_from(["", "", "exact", "case", "inflect"]),
        status=st.sampled_from(["", "", "admitted"]),
        context=st.sampled_from([(), (), ("treaty",), ("nato", "us")]),
    ),
    max_size=7,
)
WORDS = ["arms", "Arms", "arm's", "control", "Controls", "controlled", "treaty", "Treaty", "the", "of", "détente"]
WORDS += ["Detente", "U.S.", "us", "NATO", "nato's", "non", "-", "arms-control", "(", ",", "other", "<a1>", "</a1>"]
TEXTS = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from([" ", " ", "-", "\n", "", "—"])), max_size=14).map(
    lambda pairs: "".join(word + gap for word, gap in pairs)
)


@settings(deadline=None, max_examples=300)
@given(TERMS, TEXTS, TEXTS)
def test_the_matcher_finds_what_a_plain_one_finds(terms, text, second):
    matcher = Matcher(terms)
    for one in (text, second, text):  # again, with what the matcher has kept by then
        assert matcher.find(one) == plain_find(terms, one)


@settings(deadline=None, max_examples=150)
@given(TERMS, TEXTS)
def test_every_finds_all_that_stand_anywhere(terms, text):
    cleaned = tuple(clean(word) for _, _, word in tokenize(text))
    spans = [(start, end) for end in range(len(cleaned) + 1) for start in range(end)]
    wanted = [term for term in terms if any(stands(term, cleaned[start:end]) for start, end in spans)]
    assert Matcher(terms).every(text) == wanted
