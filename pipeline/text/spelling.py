"""Spellings of one English word that count as the same: British and American, with and without a hyphen."""

from __future__ import annotations

import re

_PAIRS = (
    ("defence", "defense"),
    ("offence", "offense"),
    ("licence", "license"),
    ("pretence", "pretense"),
    ("centre", "center"),
    ("theatre", "theater"),
    ("metre", "meter"),
    ("fibre", "fiber"),
    ("programme", "program"),
    ("cheque", "check"),
    ("labour", "labor"),
    ("behaviour", "behavior"),
    ("harbour", "harbor"),
    ("neighbour", "neighbor"),
    ("favour", "favor"),
    ("colour", "color"),
    ("honour", "honor"),
    ("endeavour", "endeavor"),
    ("rumour", "rumor"),
    ("armour", "armor"),
    ("vapour", "vapor"),
    ("manoeuvre", "maneuver"),
    ("aluminium", "aluminum"),
    ("grey", "gray"),
    ("sceptic", "skeptic"),
    ("plough", "plow"),
    ("aeroplane", "airplane"),
    ("judgement", "judgment"),
    ("ageing", "aging"),
    ("artefact", "artifact"),
    ("encyclopaedia", "encyclopedia"),
    ("mould", "mold"),
    ("tonne", "ton"),
    ("tyre", "tire"),
)
_ENDINGS = ("", "s", "ed", "ing", "less", "ism", "ist", "al", "able", "er", "ers", "ly")
_BOTH = (*_PAIRS, *((american, british) for british, american in _PAIRS))
_WORDS = {one + ending: other + ending for one, other in _BOTH for ending in _ENDINGS}
_IZE = re.compile(r"(?<=[a-z]{3})i([sz])(e|es|ed|er|ers|ing|ation|ations|ational|able)$")
_YZE = re.compile(r"(?<=[a-z]{3})y([sz])(e|es|ed|er|ers|ing)$")
_MAYBE = re.compile("[iy][sz]")
# words in -ise and -yse that are never spelt with z, and would meet another word if they were
_NEVER = re.compile(r"(?:size|prize|seize|raise|praise|noise|poise|cruise|bruise|wise|mise|vise|cise|prise|tise|guise)")
_PREFIXES = (
    "anti",
    "bio",
    "co",
    "counter",
    "cyber",
    "geo",
    "macro",
    "micro",
    "mid",
    "multi",
    "non",
    "post",
    "pre",
    "re",
    "semi",
    "socio",
    "sub",
    "trans",
    "ultra",
)
_STARTS = frozenset(prefix[:2] for prefix in _PREFIXES)
_REST = 4  # letters after a prefix: `post-war` needs three, but `postal` is no compound
_BEFORE_VOWEL = frozenset({"re", "pre", "co"})


def spellings(word: str) -> set[str]:
    """The spellings of a word in lower case, itself among them."""
    found = {word}
    if word in _WORDS:
        found.add(_WORDS[word])
    if not _MAYBE.search(word):
        return found  # nearly every word: the patterns below are a slow way to learn that
    for ending in (_IZE, _YZE):
        place = ending.search(word)
        if place and not _NEVER.search(word):
            at = place.start(1)
            found.add(f"{word[:at]}{'z' if word[at] == 's' else 's'}{word[at + 1 :]}")
    return found


def split_prefix(word: str) -> tuple[str, str] | None:
    """`nonproliferation` as `non`, `proliferation`: how it stands with a hyphen. None for words without such a prefix.

    `re`, `pre` and `co` only before a vowel, where the hyphen is a matter of house style (`re-election`); elsewhere it
    makes another word (`re-form`).
    """
    if word[:2] not in _STARTS:
        return None
    for prefix in _PREFIXES:
        if not word.startswith(prefix):
            continue
        rest = word[len(prefix) :]
        if len(rest) >= _REST and (prefix not in _BEFORE_VOWEL or rest[0] in "aeiou"):
            return prefix, rest
    return None


def joins(first: str, second: str) -> bool:
    """Whether `first-second` is also written as one word: non-proliferation, cease-fire, co-operation; not re-sign."""
    if first in _BEFORE_VOWEL:
        return len(second) >= _REST and second[0] in "aeiou"
    return first.isalpha() and second.isalpha() and (first in _PREFIXES or min(len(first), len(second)) > 2)
