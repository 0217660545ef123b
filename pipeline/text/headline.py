"""Headlines and texts in capitals as running text would write them: `Cannot Wait` becomes `cannot wait`.

English sets titles with a capital on every longer word. A model that learned from running text knows `wait` well and
`Wait` hardly at all: the same sentences lost a quarter of their chrF in a headline's capitals. Which words are names is
told by the unigram model of the tokenizer: it has seen `Trump` more often than `trump`, and `wait` more often than
`Wait`. A text keeps its length, so places in it stay what they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.text.normalise import shouted

Weigh = Callable[[str], tuple[float, int]]
"""The log probability of a word that stands alone, and the number of pieces it is spelled with."""

Known = Callable[[str], bool]
"""Whether a word in small letters is in a list of words, and no name as well."""


def unlisted(_: str) -> bool:
    """No list."""
    return False


SHARE = 0.8  # of the longer words: from here on their capitals are a headline's
LONGER = 4  # letters; shorter words are written small in many styles
WORDS = 3  # fewer words may well be a name
COMMON = 1.5  # how much more likely a word of one piece is in small letters, at least: "White" may be the House
RARE = 5.0  # the same for a word that falls apart; little is known of it
BEGIN_NAMES = frozenset({"New", "North", "South", "East", "West", "Great", "Mount", "Lake", "Cape", "San", "Los", "El"})
NAME = 3.0  # how much more likely a name is with its capital, in a text that had capitals only

_CAPITALISED = re.compile(r"(?<![\w'’-])[^\W\d_](?:[^\W\d_]|['’](?=[^\W\d_]))+(?![\w])")
_BEHIND = re.compile(r"([A-Z][\w'’.-]*) $")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
DERIVED = re.compile(  # names seldom end so
    r"(?:[^aeiou]ed|ing|ly|ness|ity|ment|[st]ion|able|ible|ful|less|ous|i[sz]e[sd]?|ism|ist|ies)s?$"
)


def recased(text: str, normal: str, weigh: Weigh, known: Known = unlisted) -> str:
    """`normal`, which is `text` normalised, with the capitals of running text; as long as before."""
    if shouted(text):  # `normalise` has written it small
        return with_names(normal, weigh)
    return sentence_case(normal, weigh, known)


def sentence_case(text: str, weigh: Weigh, known: Known = unlisted) -> str:
    """`text` without the capitals of a headline; unchanged if it does not look like one.

    A `known` word that falls apart is common as well (`Imminent`), unless it stands behind a name (`Jeff Flake`).
    """
    if not looks_like_one(text):
        return text
    first = _WORD.search(text)
    out = list(text)

    def small(word: re.Match[str]) -> bool:
        if _common(word[0], weigh):
            return True
        low, behind = word[0].lower(), _BEHIND.search(text, 0, word.start())
        return known(low) and weigh(low)[1] > 1 and not (behind and not _common(behind[1], weigh))

    name_after = -1  # where the name after this word begins
    for m in reversed(list(_CAPITALISED.finditer(text))):
        begins = m[0] in BEGIN_NAMES and m.end() + 1 == name_after
        if first and m.start() > first.start() and m[0].istitle() and not begins and small(m):
            out[m.start()] = _small(m[0][0])
        else:
            name_after = m.start()
    return "".join(out)


def looks_like_one(text: str) -> bool:
    """Whether a text of some words has a capital on nearly all of its longer ones."""
    words: list[str] = _WORD.findall(text)
    longer = [w for w in words if len(w) >= LONGER]
    capitals = sum(w[0].isupper() for w in longer)
    shouted = sum(w.isupper() for w in longer) > len(longer) / 2
    return len(words) >= WORDS and not shouted and len(longer) > 1 and capitals >= SHARE * len(longer)


def with_names(text: str, weigh: Weigh) -> str:
    """A text in small letters, with a capital on the words that nearly always have one."""
    out = list(text)
    for m in _WORD.finditer(text):
        if m[0].islower() and len(m[0]) > 1:
            capital = m[0][0].upper()
            if len(capital) == 1 and weigh(capital + m[0][1:])[0] - weigh(m[0])[0] >= NAME:
                out[m.start()] = capital
    return "".join(out)


def _small(letter: str) -> str:
    low = letter.lower()
    return low if len(low) == 1 else letter


def _common(word: str, weigh: Weigh) -> bool:
    """Whether a capitalised word is none of its own."""
    low = word.lower()
    small, pieces = weigh(low)
    more = small - weigh(word)[0]
    if pieces == 1:
        return more >= COMMON
    return more >= (0.0 if DERIVED.search(low) else RARE)
