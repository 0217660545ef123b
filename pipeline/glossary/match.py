"""Find a glossary's terms in English text: the longest first, never overlapping, each with its possible senses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.glossary import senses
from pipeline.glossary.automaton import Automaton
from pipeline.glossary.columns import ENFORCED
from pipeline.glossary.pattern import SMALL, Words, key, mode, patterns
from pipeline.glossary.tokens import clean, fold, starts, surfaces
from pipeline.model import Term

_KEPT = 1 << 17  # folded surfaces kept before the cache starts anew: bounds its memory on endless text
_WINDOW = 60  # characters on either side that tell a headline in capitals
_CAPITALS = 0.7  # share of capitals among the letters of a headline in capitals
# Acronyms that are words: not found in a headline in capitals (`WHO IS AFRAID OF US?`), except with periods.
_WORD_LIST = (
    "act age aid aim air all am an and any are arm as ask at base be bid but by can care cat dare day do east end "
    "era far fast for get go had has he her his how id if ill in is it its lead led may me men met my new no not "
    "now of off on one or our out own pact pay raid road rule run say see seat she so star start stop tap ten the "
    "to too two up us was we what who why win you"
)
_WORDS = frozenset(_WORD_LIST.split())


Span = tuple[int, int]  # of tokens
Owner = tuple[int, Words]  # the number of a term, and one way to write it


class Match(NamedTuple):
    """A term found at `text[start:end]`. One candidate: the sense is known. Several: it is left to the reviewer."""

    start: int
    end: int
    candidates: tuple[Term, ...]


class _Cleaned(dict[str, str]):
    """What `clean` says, kept."""

    def __missing__(self, surface: str) -> str:
        if len(self) >= _KEPT:
            self.clear()
        cleaned = self[surface] = clean(surface)
        return cleaned


class _Numbers(dict[str, int]):
    """The number of every surface: that of its key among the patterns' words, 0 where no pattern has it."""

    def __init__(self, keys: dict[str, int]) -> None:
        super().__init__()
        self._keys = keys

    def __missing__(self, surface: str) -> int:
        if len(self) >= _KEPT:
            self.clear()
        number = self[surface] = self._keys.get(fold(surface), 0)
        return number


class Matcher:
    """The terms of a glossary, made ready for finding. Deprecated and proposed entries are left out."""

    def __init__(self, terms: Iterable[Term]) -> None:
        """Build the automaton: time and memory grow with the number of terms (5,000 take about a second)."""
        self.terms = tuple(term for term in terms if term.status in ENFORCED)
        self._owners: list[Owner] = []
        self._bound: list[bool] = []  # whether a pattern binds the letter case of the text
        keys: dict[str, int] = {}
        sequences = []
        for number, term in enumerate(self.terms):
            if not any(word[0].isalnum() for word in key(term.source)):
                continue  # a mark of punctuation is no term: reading says so
            for pattern in patterns(term):
                self._owners.append((number, pattern))
                self._bound.append(not all(map(_is_free, pattern)) or mode(term) == "exact")
                sequences.append([keys.setdefault(word.lower(), len(keys) + 1) for word in pattern])
        self._automaton = Automaton(sequences)
        self._numbers = _Numbers(keys)
        self._clean = _Cleaned()
        self._own = tuple(key(term.source) for term in self.terms)
        self._exact = tuple(mode(term) == "exact" for term in self.terms)
        self._senses = senses.Senses(self.terms)

    def find(self, text: str, around: str = "") -> list[Match]:
        """The terms of a text, in order. `around` is wider context: its words help to select a sense."""
        words = surfaces(text)
        places, spans = self._spans(text, words)
        context = senses.Context(text, around)
        taken = bytearray(len(words))
        matches = []
        for start, end in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
            if 1 not in taken[start:end]:
                candidates = self._candidates(words[start:end], spans[start, end], context)
                if candidates:
                    taken[start:end] = b"\1" * (end - start)
                    matches.append(Match(places[start], places[end - 1] + len(words[end - 1]), candidates))
        matches.sort(key=lambda match: match.start)
        return matches

    def every(self, text: str) -> list[Term]:
        """All terms that occur in a text, those within longer ones too, whatever their context; in glossary order."""
        _, spans = self._spans(text, surfaces(text))
        return [self.terms[number] for number in sorted({number for owners in spans.values() for number, _ in owners})]

    def _spans(self, text: str, words: Sequence[str]) -> tuple[list[int], dict[Span, list[Owner]]]:
        """Where the tokens start, and who may stand from which token to which; they may overlap."""
        found = self._automaton.find([*map(self._numbers.__getitem__, words)])
        places = starts(text) if found else []
        spans: dict[Span, list[Owner]] = {}
        for start, end, name in found:
            owner = self._owners[name]
            if not self._bound[name] or self._fits(text, places[start], words[start:end], owner):
                spans.setdefault((start, end), []).append(owner)
        return places, spans

    def _fits(self, text: str, start: int, words: Sequence[str], owner: Owner) -> bool:
        """Whether the letter case of the text is one that the term allows."""
        term, pattern = owner
        written = [*map(self._clean.__getitem__, words)]
        if self._exact[term]:
            return tuple(written) == pattern
        if not all(map(_capitals, pattern, written)):
            return False
        only = pattern[0]
        if len(written) == 1 and only.isupper() and only.lower() in _WORDS and "." not in words[0]:
            return not _headline(text, start, start + len(words[0]))
        return True

    def _candidates(self, words: Sequence[str], owners: Sequence[Owner], context: senses.Context) -> tuple[Term, ...]:
        """The senses that are left at one place: see docs/glossary.md, Senses."""
        if len(owners) == 1 and not self.terms[owners[0][0]].context:
            return (self.terms[owners[0][0]],)
        numbers = list(dict.fromkeys(number for number, _ in owners))
        numbers = self._senses.select(numbers, context)
        if len(numbers) > 1:
            written = tuple(map(self._clean.__getitem__, words))
            numbers = [number for number in numbers if self._own[number] == written] or numbers
        return self._senses.distinct(numbers)


def _capitals(wanted: str, written: str) -> bool:
    """Whether a capital of the term is one in the text; small words of names may be written small."""
    if wanted == written or _is_free(wanted) or (wanted.lower() in SMALL and not wanted.isupper()):
        return True
    return all(b.isupper() or not a.isupper() for a, b in zip(wanted, written, strict=False))


def _is_free(word: str) -> bool:
    """Whether a word has no capital that binds."""
    return word == word.lower()


def _headline(text: str, start: int, end: int) -> bool:
    """Whether the letters around a word are mostly capitals."""
    letters = [
        letter for letter in text[max(0, start - _WINDOW) : start] + text[end : end + _WINDOW] if letter.isalpha()
    ]
    return bool(letters) and sum(map(str.isupper, letters)) > _CAPITALS * len(letters)
