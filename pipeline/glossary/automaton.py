"""An Aho-Corasick automaton over small integers (A. V. Aho, M. J. Corasick, "Efficient string matching", CACM 1975).

Here the letters are the tokens of a text, numbered; 0 is any token that no pattern has.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence

_LEAF: dict[int, int] = {}  # what a node without children has: shared, never written to


class Automaton:
    """Finds every occurrence of every pattern in one pass: time is linear in the text and in what is found."""

    def __init__(self, patterns: Iterable[Sequence[int]]) -> None:
        """Build it; a pattern's place in `patterns` is its name. Empty patterns and the number 0 are not allowed."""
        self.groups: list[tuple[int, ...]] = []  # the names of equal patterns, which are always found together
        self._goto: list[dict[int, int]] = [_LEAF]
        self._fail: list[int] = [0]
        self._ends: list[tuple[tuple[int, int], ...]] = [()]  # what ends at a node: lengths and groups, longest first
        own: dict[int, list[int]] = {}
        depth = [0]
        for name, pattern in enumerate(patterns):
            node = 0
            for letter in pattern:
                child = self._goto[node].get(letter)
                if child is None:
                    child = len(self._goto)
                    if self._goto[node] is _LEAF:
                        self._goto[node] = {letter: child}
                    else:
                        self._goto[node][letter] = child
                    self._goto.append(_LEAF)
                    self._fail.append(0)
                    self._ends.append(())
                    depth.append(depth[node] + 1)
                node = child
            own.setdefault(node, []).append(name)
        for node, names in own.items():
            self._ends[node] = ((depth[node], len(self.groups)),)
            self.groups.append(tuple(names))
        self._link()

    def _link(self) -> None:
        """Breadth first: a node fails to the longest proper suffix that is a node, and inherits what ends there."""
        queue = deque(self._goto[0].values())
        while queue:
            node = queue.popleft()
            for letter, child in self._goto[node].items():
                fail = self._fail[node]
                while fail and letter not in self._goto[fail]:
                    fail = self._fail[fail]
                self._fail[child] = self._goto[fail].get(letter, 0)
                self._ends[child] += self._ends[self._fail[child]]
                queue.append(child)

    def find(self, letters: Iterable[int]) -> list[tuple[int, int, int]]:
        """All occurrences as (start, end, group), in the order of their ends; they may overlap."""
        goto, fail, ends = self._goto, self._fail, self._ends
        found: list[tuple[int, int, int]] = []
        root = goto[0]
        node = 0
        for place, letter in enumerate(letters, 1):
            if not letter:
                node = 0
                continue
            child = goto[node].get(letter) if node else root.get(letter)
            while child is None and node:
                node = fail[node]
                child = goto[node].get(letter)
            node = child or 0
            if ends[node]:
                found += [(place - length, place, group) for length, group in ends[node]]
        return found
