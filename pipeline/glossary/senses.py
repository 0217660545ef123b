"""Choose between the entries that one place of a text could mean, by the words that stand around it."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.glossary.pattern import patterns
from pipeline.glossary.tokens import fold, surfaces
from pipeline.model import Term


class Context:
    """The words of a text, and of the text around it, to look context words up in; read on first use."""

    def __init__(self, text: str, around: str = "") -> None:
        """Keep the texts for later."""
        self._texts = (text, around)
        self._folded: list[str] = []
        self._words: list[frozenset[str]] = []
        self._seen: dict[tuple[str, int], bool] = {}
        self.chosen: dict[tuple[int, ...], list[int]] = {}  # what was selected: the same all over a text

    def has(self, words: Sequence[str], wide: int) -> bool:
        """Whether one of these ways to write a context word stands in the text (0) or around it (1)."""
        known = self._seen.get((words[0], wide))
        if known is None:
            if not self._folded:
                self._read()
            known = self._seen[words[0], wide] = any(self._stands(word, wide) for word in words)
        return known

    def _read(self) -> None:
        for text in self._texts:
            found = surfaces(text)
            folded = {surface: fold(surface) for surface in set(found)}
            self._folded.append(f" {' '.join(map(folded.__getitem__, found))} ")
            self._words.append(frozenset(folded.values()))

    def _stands(self, words: str, wide: int) -> bool:
        """Whether tokens stand in a row; the text is searched only where the first of them occurs at all."""
        first, more, _ = words.partition(" ")
        return first in self._words[wide] and (not more or f" {words} " in self._folded[wide])


class Senses:
    """The senses of a glossary's terms; terms are named by their numbers."""

    def __init__(self, terms: Sequence[Term]) -> None:
        """Make the context words ready."""
        self._terms = terms
        self._words = {
            number: [[" ".join(pattern) for pattern in patterns(_word(word))] for word in term.context]
            for number, term in enumerate(terms)
            if term.context
        }

    def select(self, numbers: Sequence[int], context: Context) -> list[int]:
        """Those of the entries that the context leaves: see docs/glossary.md, Senses."""
        asked = tuple(numbers)
        if asked not in context.chosen:
            context.chosen[asked] = self._select(asked, context)
        return context.chosen[asked]

    def _select(self, numbers: Sequence[int], context: Context) -> list[int]:
        dependent = [number for number in numbers if number in self._words]
        if not dependent:
            return self._preferred(numbers)
        for wide in (0, 1):
            scores = {n: sum(context.has(word, wide) for word in self._words[n]) for n in dependent}
            best = max(scores.values())
            if best:
                return self._preferred([number for number in dependent if scores[number] == best])
        plain = [number for number in numbers if number not in self._words]
        if plain:
            return self._preferred(plain)
        return dependent if len(self.distinct(dependent)) > 1 else []

    def distinct(self, numbers: Sequence[int]) -> tuple[Term, ...]:
        """The entries, without those that say the same as one before them."""
        kept: list[Term] = []
        for term in (self._terms[number] for number in numbers):
            if not any(term.targets == other.targets and term.forbidden == other.forbidden for other in kept):
                kept.append(term)
        return tuple(kept)

    def _preferred(self, numbers: Sequence[int]) -> list[int]:
        admitted = [number for number in numbers if self._terms[number].status == "admitted"]
        return [number for number in numbers if number not in admitted] or admitted


def _word(word: str) -> Term:
    return Term(word, {}, match="inflect")
