"""Where the words of a Simplified text are: the cheapest path through all words that stand in it.

OpenCC takes the longest phrase from left to right, so a phrase may swallow the end of one word and the beginning of
the next: 军[事干]涉, [了解]决. Here every word has a cost, minus the logarithm of its share in policy text, and the
cut with the least total wins: 军事 + 干涉 is cheaper than 军 + 事干 + 涉. A phrase of OpenCC that is no counted word
costs a little less than the words inside it: nothing speaks against it unless it breaks a word beside it.

The method is unigram segmentation by dynamic programming (Viterbi), as in most Chinese segmenters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import inf

from pipeline.text.conversion.tables import lengths

UNPRICED = 0.0  # a phrase whose cost is worked out when it is first met
UNKNOWN = 17.0  # a character that never stood alone in the corpus
PHRASE = 1.0  # how much cheaper a phrase of OpenCC is than the words inside it
LISTED = 3.0  # ... and one of our own lists


class Lattice:
    """Words with costs; `cut` finds the best path through a text."""

    def __init__(self, costs: Mapping[str, float], phrases: Iterable[str], listed: Iterable[str]) -> None:
        """`costs` of words, all above 0; OpenCC's `phrases`; phrases that are `listed` in a locale's data."""
        self._single = {word: cost for word, cost in costs.items() if len(word) == 1}
        self._counted = {word: cost for word, cost in costs.items() if len(word) > 1}
        self._listed = {phrase for phrase in listed if len(phrase) > 1}
        self._costs = {**self._counted, **dict.fromkeys(phrases, UNPRICED), **dict.fromkeys(self._listed, UNPRICED)}
        self._lengths = lengths(self._costs)

    def cut(self, text: str, longest: int = 0) -> list[int]:
        """The ends of the words of a text, in order; none is longer than `longest`, if that is given."""
        return self._path(text, longest or len(text))[0]

    def cost(self, text: str, ends: Iterable[int]) -> float:
        """What a given cut of a text costs."""
        total, start = 0.0, 0
        for end in ends:
            word = text[start:end]
            total += self._single.get(word, UNKNOWN) if end - start == 1 else self._word(word)
            start = end
        return total

    def _word(self, word: str) -> float:
        known = self._costs.get(word)
        if known is None:
            return sum(self._single.get(char, UNKNOWN) for char in word)
        return known or self._price(word)

    def _price(self, phrase: str) -> float:
        """What a phrase costs: as counted, or less than the words inside it."""
        inside = self._path(phrase, len(phrase) - 1)[1] - (LISTED if phrase in self._listed else PHRASE)
        cost = max(min(self._counted.get(phrase, inf), inside), 0.1)
        self._costs[phrase] = cost
        return cost

    def _path(self, text: str, longest: int) -> tuple[list[int], float]:
        """The cheapest cut into words of at most `longest` characters, and its cost."""
        total = len(text)
        best = [inf] * (total + 1)
        best[0] = 0.0
        origin = [0] * (total + 1)
        single, known, costs = self._single, self._lengths, self._costs
        for start in range(total):
            here = best[start]
            cost = here + single.get(text[start], UNKNOWN)
            if cost < best[start + 1]:
                best[start + 1] = cost
                origin[start + 1] = start
            for length in known.get(text[start : start + 2], ()):
                end = start + length
                if end > total or length > longest:
                    break
                word = text[start:end]
                price = costs.get(word)
                if price is None:
                    continue
                cost = here + (price or self._price(word))
                if cost < best[end]:
                    best[end] = cost
                    origin[end] = start
        ends = []
        place = total
        while place:
            ends.append(place)
            place = origin[place]
        return ends[::-1], best[total]
