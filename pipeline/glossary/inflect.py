"""Regular English inflection, generated ahead from the glossary's words.

Forms are generated rather than texts lemmatised: matching then costs one dictionary look-up a token, and the part of
speech decides which forms count (`sanctions` for the noun, `sanctioned` only for the verb). A form that no English text
has, from an irregular word that the tables lack, finds nothing and harms nothing, so the rules lean to more forms.
"""

from __future__ import annotations

from pipeline.glossary.irregular import NOUNS, UNCOUNTED, VERBS

_VOWELS = frozenset("aeiou")
_SINGULARS = {plural: singular for singular, plurals in NOUNS.items() for plural in plurals}
_SHORT = 3  # letters: `gas`, `bus` are no plurals
_LAST = ("woman", "women", "man", "men", "child", "children", "wife", "wives")  # irregular nouns that words end in


def noun_forms(word: str) -> set[str]:
    """The singulars and plurals of a noun in lower case, itself among them."""
    return {word} | plurals(word) | singulars(word)


def plurals(word: str) -> set[str]:
    """The plurals of a singular noun in lower case; none for what looks like a plural already."""
    stem, last = _last_part(word)
    if last in NOUNS:
        return {stem + form for form in NOUNS[last]}
    if word in UNCOUNTED and not word.endswith("ss") and not word.endswith("us"):
        return set()
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return set() if singulars(word) else {f"{word}es"}
    if word.endswith("y") and word[-2:-1] not in _VOWELS and len(word) > 1:
        return {f"{word[:-1]}ies"}
    if word.endswith("o") and word[-2:-1] not in _VOWELS:
        return {f"{word}s", f"{word}es"}
    return {f"{word}s"}


def singulars(word: str) -> set[str]:
    """The singulars of a plural noun in lower case; none for what looks like a singular."""
    stem, last = _last_part(word)
    if last in _SINGULARS:
        return {stem + _SINGULARS[last]} | ({word[:-1]} if word.endswith("ases") else set())  # bases: basis, base
    if word in UNCOUNTED or len(word) <= _SHORT or not word.endswith("s") or word.endswith(("ss", "us", "is", "ics")):
        return set()
    if word.endswith("ies"):
        return {f"{word[:-3]}y", f"{word[:-1]}"}
    if word.endswith(("sses", "xes", "zzes", "ches", "shes")):
        return {word[:-2]}
    if word.endswith(("oes", "uses")):  # heroes and foes, viruses and causes
        return {word[:-2], word[:-1]}
    return {word[:-1]}


def _last_part(word: str) -> tuple[str, str]:
    """`chairman` is inflected as `man`: what stands before an irregular noun that the word ends in, and that noun."""
    if word.endswith(_LAST) and word not in NOUNS and word not in _SINGULARS:
        for last in _LAST:
            if word.endswith(last) and len(word) >= len(last) + _SHORT:
                return word[: -len(last)], last
    return "", word


def verb_forms(word: str) -> set[str]:
    """All forms of a verb given in the infinitive, in lower case."""
    forms = {word, _third(word), *(_with(word, "ing"))}
    forms |= set(VERBS[word]) if word in VERBS else _with(word, "ed")
    return forms


def _third(word: str) -> str:
    if word.endswith(("s", "x", "z", "ch", "sh", "o")):
        return f"{word}es"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return f"{word[:-1]}ies"
    return f"{word}s"


def _with(word: str, ending: str) -> set[str]:
    """The forms in -ing or -ed."""
    consonant_y = word.endswith("y") and word[-2:-1] not in _VOWELS
    if ending == "ing" and word.endswith("ie"):
        stem = f"{word[:-2]}y"
    elif word.endswith("e") and (ending == "ed" or not (word == "be" or word.endswith(("ee", "oe", "ye")))):
        stem = word[:-1]
    elif ending == "ed" and consonant_y:
        stem = f"{word[:-1]}i"
    else:
        stem = f"{word}k" if word.endswith("c") else word
    if not _doubles(stem) or stem != word:
        return {f"{stem}{ending}"}
    doubled = f"{word}{word[-1]}{ending}"
    return {doubled} if _syllables(word) == 1 else {doubled, f"{word}{ending}"}  # travelled, traveled


def _doubles(word: str) -> bool:
    """Whether the word ends in consonant, vowel, consonant (`ban`, `control`, `equip`)."""
    if len(word) < _SHORT or word[-1] in _VOWELS or word[-1] in "wxyh":
        return False
    before = word[-3] not in _VOWELS or word[-4:-2] == "qu" or word[-3:-1] == "ui"
    return word[-2] in _VOWELS and before


def _syllables(word: str) -> int:
    runs = sum(a in "aeiouy" and b not in "aeiouy" for a, b in zip(word, word[1:] + " ", strict=True))
    return runs or 1
