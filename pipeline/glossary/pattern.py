"""A glossary term as the sequences of tokens that it is found by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, product

from pipeline.glossary import inflect
from pipeline.glossary.irregular import POSTPOSITIVE
from pipeline.glossary.tokens import clean, tokenize
from pipeline.model import Term
from pipeline.text import spelling

_BEFORE = "of in to for on with against by from at between over under into as without within"
PREPOSITIONS = frozenset(_BEFORE.split())
# Words of a name that a sentence may write small: `the New York Times`.
_PARTS = (
    "a al an and as at by d da das de del der des di do dos du el en for from in la le of on or the to und van von y "
    "zu with"
)
SMALL = frozenset(_PARTS.split())
_ACRONYM = 5  # letters: a longer word in capitals is a heading's
_MOST = 96  # sequences a term; beyond it only one place varies at a time
_LETTERS = re.compile(r"(?:[^\W\d_]\.){2,}[^\W\d_]?")
_SHORTENED = "st mt ft mr mrs ms dr gen sen rep gov lt col adm prof jr sr inc ltd corp no vs capt sgt"
_TITLES = frozenset(_SHORTENED.split())

Tokens = list[tuple[int, int, str]]
Words = tuple[str, ...]  # tokens, cleaned


def mode(term: Term) -> str:
    """How the term matches: its own `match`, or what the shape of its source says.

    That is `inflect` for a source in small letters and `case` for one with a capital; but `loose` for several words
    without a part of speech, whose capitals may be those of a heading or a list (`Authorized Institutions`).
    """
    if term.match:
        return term.match
    if not any(map(str.isupper, term.source)):
        return "inflect"
    return "loose" if not term.pos and len(key(term.source)) > 1 else "case"


def _wanted(term: Term, how: str, words: Words) -> Words:
    """One way to write a term with those capitals only that must be in the text; `how` is its mode.

    In `inflect` they are none, in `case` all, in `loose` those of acronyms; a term all in capitals with a long word
    (`RISK MANAGEMENT`) is a heading and has no acronyms.
    """
    if how == "inflect":
        return tuple(map(str.lower, words))
    if how != "loose":
        return words
    heading = term.source.isupper() and any(len(word) > _ACRONYM and word.isalpha() for word in words)
    return tuple(word if word[:2].isupper() and len(word) > 1 and not heading else word.lower() for word in words)


def key(source: str) -> tuple[str, ...]:
    """What makes two source terms the same entry: their cleaned tokens, case kept (`U.S.` and `US`, not `us`)."""
    return tuple(clean(token) for _, _, token in tokenize(source))


def patterns(term: Term) -> list[Words]:
    """All the ways to write a term, with the capitals that the text must have; the first is its own."""
    how, tokens = mode(term), tokenize(term.source)
    exact = how == "exact"
    own = tuple(clean(token) for _, _, token in tokens)
    places: list[list[Words]] = [[(word,)] for word in own]
    for number, (_, _, surface) in enumerate(tokens):
        if surface == "and" or not surface.isalnum():
            places[number] += _marks(surface)
        if exact:
            continue
        folded = own[number].lower()
        places[number] += [(_like(own[number], form),) for form in spelling.spellings(folded) if form != folded]
        parted = spelling.split_prefix(folded)
        if parted:
            places[number].append((_like(own[number], parted[0]), parted[1]))
        if surface == "." and number and own[number - 1].lower() in _TITLES:
            places[number].append(())
        if folded in _TITLES and own[number + 1 : number + 2] != (".",):
            places[number].append((own[number], "."))
    if not exact:
        _inflections(term, how, own, places)
    found = {_wanted(term, how, own): None}
    layouts = [places] if exact else list(_layouts(term.source, tokens, own, places))
    for words in (words for layout in layouts for words in _product(layout)):
        if words:
            found.setdefault(_wanted(term, how, words))
    return list(found)


def _product(places: list[list[Words]]) -> Iterator[Words]:
    """Every choice of one variant a place; only one place varies at a time where that would be too many."""
    if len(places) == 1:
        yield from places[0]
        return
    size = 1
    for place in places:
        size *= len(place)
    if size <= _MOST:
        yield from (tuple(chain.from_iterable(choice)) for choice in product(*places))
        return
    first = [place[0] for place in places]
    for number, place in enumerate(places):
        for variant in place:
            yield sum((*first[:number], variant, *first[number + 1 :]), ())


def _marks(surface: str) -> list[Words]:
    """Variants of a token in its marks: `J.D.` as `J. D.` and `J D`, `&` as `and`, `Workers'` without its mark."""
    if _LETTERS.fullmatch(surface):
        letters = tuple(surface.replace(".", ""))
        return [letters, tuple(mark for letter in letters for mark in (letter, "."))]
    if surface == "&":
        return [("and",)]
    if surface == "and":
        return [("&",)]
    return [()] if clean(surface) in ("'", ",") else []


def _like(model: str, word: str) -> str:
    """The word in the letter case of its model: `SANCTIONS` and `Sanctions` from `sanctions`."""
    if model[:1].isupper() and word.startswith(model.lower()):
        return model + word[len(model) :]  # NGO, NGOs; McDonald, McDonalds
    return word[:1].upper() + word[1:] if model[:1].isupper() else word


def _inflections(term: Term, how: str, own: Words, places: list[list[Words]]) -> None:
    """Add the inflected forms that the term's part of speech allows."""
    pos = term.pos
    if pos in ("adjective", "adverb"):
        return
    loose = how in ("inflect", "loose")
    words = [number for number, word in enumerate(own) if word[:1].isalpha() and len(word) > 1]
    verbs = words[:1] if pos == "verb" else sorted({*words[:1], *words[-1:]}) if loose and not pos else []
    for number in verbs:  # without a part of speech the last word may be the verb: `stress testing`
        places[number] += _forms(own[number], inflect.verb_forms(own[number].lower()), places[number])
    if pos != "verb":
        for number in _heads(own):
            forms = inflect.plurals(own[number].lower())
            if (own[number].islower() or loose) and pos != "name":
                forms |= inflect.singulars(own[number].lower())
            places[number] += _forms(own[number], forms, places[number])


def _forms(word: str, forms: set[str], known: list[Words]) -> list[Words]:
    every = {_like(word, spelt) for form in forms for spelt in spelling.spellings(form)}
    if word.isupper() and len(word) > 1:  # an acronym, or a number with a letter
        every = {f"{word}s"} if any(form.endswith("s") for form in forms) else set()
    return [(form,) for form in sorted(every) if (form,) not in known]


def _heads(own: Words) -> set[int]:
    """The words of a noun phrase that take the plural: the last, the one before a preposition or a legal adjective."""
    words = [number for number, word in enumerate(own) if word[:1].isalnum()]
    if not words:
        return set()
    heads = {words[-1]}
    for number in words[1:]:
        if own[number].lower() in PREPOSITIONS:
            heads.add(words[words.index(number) - 1])
            break
    if own[words[-1]].lower() in POSTPOSITIVE and len(words) > 1:
        heads.add(words[-2])
    return heads


def _initials(own: Words) -> Iterator[tuple[int, int]]:
    """Where two initials and more stand, a letter and a period by turns."""
    start = 0
    while start < len(own):
        end = start
        while end + 1 < len(own) and len(own[end]) == 1 and own[end].isupper() and own[end + 1] == ".":
            end += 2
        if end - start >= 4:
            yield start, end
        start = max(end, start + 1)


def _layouts(source: str, tokens: Tokens, own: Words, places: list[list[Words]]) -> Iterator[list[list[Words]]]:
    """The places as they are, and once for everything that may close up.

    That is a hyphen (`nonproliferation` of `non-proliferation`), and initials (`J.D.`, `JD` and `J D` of `J. D.`).
    """
    yield places
    for start, end in _initials(own):
        letters = own[start:end:2]
        yield [*places[:start], [("".join(letters),), letters], *places[end:]]
    for number in range(len(own) - 1):
        first, second = own[number], own[number + 1]
        between = source[tokens[number][1] : tokens[number + 1][0]]
        if between in ("-", "\u2010", "\u2011") and spelling.joins(first.lower(), second.lower()):
            tails = [variant[0].lower() for variant in places[number + 1] if len(variant) == 1]
            whole: list[Words] = [(first + tail,) for tail in tails]
            yield [*places[:number], whole, *places[number + 2 :]]
