"""Find a glossary's terms in English text: the longest first, never overlapping, each with its possible senses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.glossary import senses
from pipeline.glossary.automaton import Automaton
from pipeline.glossary.columns import ENFORCED
from pipeline.glossary.pattern import SMALL, Words, key, mode, patterns
from pipeline.glossary.tokens import clean, fold, placed
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


Found = tuple[int, int, int]  # from token, to token, group of patterns
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
        self._exact = tuple(mode(term) == "exact" for term in self.terms)
        self._own = tuple(key(term.source) for term in self.terms)
        keys: dict[str, int] = {}
        sequences = []
        for number, term in enumerate(self.terms):
            if not any(word[:1].isalnum() for word in self._own[number]):
                continue  # a mark of punctuation is no term: reading says so
            for pattern in patterns(term):
                self._owners.append((number, pattern))
                sequences.append([keys.setdefault(word.lower(), len(keys) + 1) for word in pattern])
        self._automaton = Automaton(sequences)
        self._groups = tuple(tuple(self._owners[name] for name in names) for names in self._automaton.groups)
        self._settled = tuple(map(self._settle, self._groups))
        self._steady = tuple(map(self._is_steady, self._groups))
        self._answers: dict[Words, tuple[Term, ...]] = {}  # of steady groups, by the surfaces
        self._numbers = _Numbers(keys)
        self._clean = _Cleaned()
        self._senses = senses.Senses(self.terms)

    def find(self, text: str, around: str = "") -> list[Match]:
        """The terms of a text, in order. `around` is wider context: its words help to select a sense."""
        words, places = placed(text)
        by_length: dict[int, list[Found]] = {}
        for found in self._automaton.find(map(self._numbers.__getitem__, words)):
            by_length.setdefault(found[1] - found[0], []).append(found)
        context = senses.Context(text, around)
        taken = bytearray(len(words))
        chosen: dict[int, Match] = {}
        for length in sorted(by_length, reverse=True):
            ones = b"\1" * length
            for start, end, group in by_length[length]:
                if taken.find(1, start, end) >= 0:
                    continue
                candidates = self._settled[group]
                if candidates is None:
                    written = tuple(words[start:end])
                    candidates = self._answers.get(written) if self._steady[group] else None
                    if candidates is None:
                        owners = self._fitting(text, places[start], written, group)
                        candidates = self._candidates(written, owners, context) if owners else ()
                        if self._steady[group]:
                            self._keep(written, candidates)
                if candidates:
                    taken[start:end] = ones
                    chosen[start] = Match(places[start], places[end - 1] + len(words[end - 1]), candidates)
        return [chosen[start] for start in sorted(chosen)]

    def every(self, text: str) -> list[Term]:
        """All terms that occur in a text, those within longer ones too, whatever their context; in glossary order."""
        words, places = placed(text)
        numbers: set[int] = set()
        for start, end, group in self._automaton.find(map(self._numbers.__getitem__, words)):
            numbers.update(number for number, _ in self._fitting(text, places[start], words[start:end], group))
        return [self.terms[number] for number in sorted(numbers)]

    def _settle(self, owners: Sequence[Owner]) -> tuple[Term, ...] | None:
        """What a group of patterns means wherever it is found; None where letter case or context decide."""
        terms = {number for number, _ in owners}
        if len(terms) != 1 or any(map(self._binds, owners)):
            return None
        only = self.terms[terms.pop()]
        return None if only.context else (only,)

    def _is_steady(self, owners: Sequence[Owner]) -> bool:
        """Whether what a group means hangs on nothing but the surfaces: not on what stands around them."""
        return not any(self.terms[term].context or _is_loud(pattern) for term, pattern in owners)

    def _keep(self, written: Words, candidates: tuple[Term, ...]) -> None:
        if len(self._answers) >= _KEPT:
            self._answers.clear()
        self._answers[written] = candidates

    def _binds(self, owner: Owner) -> bool:
        """Whether a pattern binds the letter case of the text."""
        term, pattern = owner
        return self._exact[term] or not all(map(_is_free, pattern))

    def _fitting(self, text: str, start: int, words: Sequence[str], group: int) -> list[Owner]:
        """Those of a group whose letter case the text has."""
        written = tuple(map(self._clean.__getitem__, words))
        return [owner for owner in self._groups[group] if self._fits(text, start, words[0], written, owner)]

    def _fits(self, text: str, start: int, first: str, written: Words, owner: Owner) -> bool:
        """Whether the letter case of the text is one that the term allows; `first` is its first word, not cleaned."""
        term, pattern = owner
        if written != pattern and (self._exact[term] or not all(map(_capitals, pattern, written))):
            return False
        if self._exact[term] or not _is_loud(pattern) or "." in first:
            return True
        return not _headline(text, start, start + len(first))

    def _candidates(self, words: Sequence[str], owners: Sequence[Owner], context: senses.Context) -> tuple[Term, ...]:
        """The senses that are left at one place: see docs/glossary.md, Senses."""
        numbers = list(dict.fromkeys(number for number, _ in owners))
        if len(numbers) == 1 and not self.terms[numbers[0]].context:
            return (self.terms[numbers[0]],)
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


def _is_loud(words: Words) -> bool:
    """Whether a pattern is an acronym that is a word, which capitals all around may only seem to be."""
    return len(words) == 1 and words[0].isupper() and words[0].lower() in _WORDS


def _headline(text: str, start: int, end: int) -> bool:
    """Whether the letters around a word are mostly capitals."""
    letters = [
        letter for letter in text[max(0, start - _WINDOW) : start] + text[end : end + _WINDOW] if letter.isalpha()
    ]
    return bool(letters) and sum(map(str.isupper, letters)) > _CAPITALS * len(letters)
