"""Logits processors for transformers' `generate`: a forced beginning, and targets that must occur.

Both work out where they are from the tokens so far alone, so beam search may reorder its rows as it likes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

Ids = tuple[int, ...]


class ForcedPrefix:
    """Makes row b begin with `prefixes[b]`, whatever the lengths of the others'."""

    def __init__(self, prefixes: Sequence[Sequence[int]], beams: int) -> None:
        """One prefix of token ids a text; `beams` rows belong to each."""
        self._prefixes, self._beams = prefixes, beams

    def __call__(self, input_ids: Any, scores: Any) -> Any:
        """Scores of shape (rows, vocabulary) with all but the forced token's at minus infinity."""
        at = input_ids.shape[1] - 1  # the start token is no part of it
        for row in range(len(scores)):
            prefix = self._prefixes[row // self._beams]
            if at < len(prefix):
                kept = scores[row, prefix[at]].clone()
                scores[row] = float("-inf")
                scores[row, prefix[at]] = kept.nan_to_num(neginf=-1e4)
        return scores


class RequiredTerms:
    """Lets no translation end before its terms have occurred.

    A term that has been begun is finished; one that is missing when the model wants to close the text, or room runs
    out, is begun. Whether a term has occurred is judged by the text, since it may be written in other pieces than
    ours. (After the constrained decoding of Hokamp and Liu 2017, for any number of beams and without their grid.)
    """

    def __init__(
        self,
        terms: Sequence[Sequence[Ids]],
        missing: Callable[[int, Sequence[int]], Sequence[int]],
        *,
        starts: Sequence[int],
        most: Sequence[int],
        beams: int,
        ends: Sequence[int],
    ) -> None:
        """Take the tokens of each text's terms, and what each text's constraints come to.

        `missing(b, ids)` says which of text b's terms the target `ids` lacks; `starts[b]` tokens of it are forced, and
        it may have `most[b]`. `ends` are the tokens that close a text, the end of sentence first, full stops behind.
        """
        self._terms, self._missing, self._starts = terms, missing, starts
        self._most, self._beams, self._ends = most, beams, ends

    def __call__(self, input_ids: Any, scores: Any) -> Any:
        """Scores of shape (rows, vocabulary), those of forbidden tokens at minus infinity."""
        for row in range(len(scores)):
            b = row // self._beams
            done = input_ids.shape[1] - 1
            if self._terms[b] and done >= self._starts[b]:
                allowed = self._allowed(b, input_ids[row, 1:].tolist(), int(scores[row].argmax()))
                if allowed is None:
                    continue
                if allowed:
                    kept = scores[row, allowed].clone().nan_to_num(neginf=-1e4)
                    scores[row] = float("-inf")
                    scores[row, allowed] = kept
                else:
                    scores[row, self._ends[0]] = float("-inf")
        return scores

    def _allowed(self, b: int, ids: list[int], likeliest: int) -> list[int] | None:
        """The only tokens that may come next; none: all but the end; None: all."""
        lacking = [self._terms[b][k] for k in self._missing(b, ids)]
        if not lacking:
            return None
        begun = [(n, term) for term in lacking if (n := _begun(ids, term))]
        if begun:
            n, term = max(begun)
            return [term[n]]
        need = sum(map(len, lacking))
        if likeliest in self._ends or self._most[b] - len(ids) <= need + 1:
            return sorted({term[0] for term in lacking})
        return []


def _begun(ids: list[int], term: Ids) -> int:
    """How many tokens of `term` stand at the end of `ids`; 0 if it is whole or not begun."""
    return next((n for n in range(min(len(term) - 1, len(ids)), 0, -1) if tuple(ids[-n:]) == term[:n]), 0)
