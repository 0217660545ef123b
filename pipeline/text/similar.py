"""How alike two sentences are, word by word, and the closest of thousands.

The score is 2 * LCS / (n + m) over tokens, with the longest common subsequence computed bit-parallel (Hyyrö 2004:
"Bit-parallel LCS-length computation revisited") on Python's long integers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_TOKEN = re.compile(r"[\u3400-\u9fff]|[^\W_]+|[^\w\s]|_")
_ALMOST = 0.99  # same words in the same order, but not the same text


def similarity(a: str, b: str) -> float:
    """From 0 (no word in common) to 1 (the same text); case and spacing count for next to nothing."""
    return 1.0 if a == b else _score(_tokens(a), _tokens(b))


def best(source: str, candidates: Sequence[str], floor: float = 0.6) -> tuple[int, float] | None:
    """The place of the candidate most like `source`, and its score; None when all are below `floor`."""
    return Index(candidates).best(source, floor)


class Index:
    """Candidates made ready for many look-ups; one takes some milliseconds among ten thousand."""

    def __init__(self, candidates: Sequence[str]) -> None:
        """Count every candidate's tokens; linear in their total length."""
        import numpy as np  # noqa: PLC0415 - kept out of start-up

        self._texts = tuple(candidates)
        self._tokens = [_tokens(text) for text in self._texts]
        self._sizes = np.array([len(tokens) for tokens in self._tokens], dtype=np.float64)
        places: dict[str, list[tuple[int, int]]] = {}
        for i, tokens in enumerate(self._tokens):
            for token, count in Counter(tokens).items():
                places.setdefault(token, []).append((i, count))
        self._places: dict[str, NDArray[np.int64]] = {k: np.array(v, dtype=np.int64).T for k, v in places.items()}

    def best(self, source: str, floor: float = 0.6) -> tuple[int, float] | None:
        """The place of the candidate most like `source`, and its score; the first of equals; None below `floor`."""
        ranked = self.nearest(source, 1, floor)
        return ranked[0] if ranked else None

    def nearest(self, source: str, count: int, floor: float = 0.6) -> list[tuple[int, float]]:
        """Up to `count` candidates of at least `floor`, best first."""
        import numpy as np  # noqa: PLC0415 - kept out of start-up

        tokens = _tokens(source)
        shared = np.zeros(len(self._texts))
        for token, times in Counter(tokens).items():
            if token in self._places:
                rows, counts = self._places[token]
                shared[rows] += np.minimum(counts, times)
        bound = 2 * shared / np.maximum(self._sizes + len(tokens), 1)
        if not tokens:
            bound[self._sizes == 0] = 1.0
        hopeful = np.flatnonzero(bound >= floor)
        found: list[tuple[float, int]] = []
        for i in map(int, hopeful[np.argsort(-bound[hopeful], kind="stable")]):
            if len(found) >= count and bound[i] < -found[count - 1][0]:
                break
            score = 1.0 if self._texts[i] == source else _score(tokens, self._tokens[i])
            if score >= floor:
                found.append((-score, i))
                found.sort()
        return [(i, -score) for score, i in found[:count]]


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text.casefold())


def _score(a: list[str], b: list[str]) -> float:
    if a == b:
        return _ALMOST
    if not a or not b:
        return 0.0
    return min(2 * _common(a, b) / (len(a) + len(b)), _ALMOST)


def _common(a: list[str], b: list[str]) -> int:
    """The length of the longest common subsequence."""
    masks: dict[str, int] = {}
    for i, token in enumerate(a):
        masks[token] = masks.get(token, 0) | 1 << i
    full = (1 << len(a)) - 1
    row = full
    for token in b:
        match = row & masks.get(token, 0)
        row = (row + match) | (row - match)
        row &= full
    return len(a) - row.bit_count()
