"""The words of a target that an engine's attention ties to a term of the source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.glossary.assign import Span
from pipeline.glossary.occurrences import overlap
from pipeline.model import TermHit

_EDGES = frozenset("，。、；：？！,.;:?!“”‘’「」『』（）()《》〈〉…—·\"' \u00a0\u3000")
_PARTICLES = frozenset("的地得了着過过们們")
_TIE = 0.4  # of a target token's attention that ties it to the term
_LONGEST, _SLACK = 3, 6  # a span longer than thrice the form and six characters is a failure of the alignment


@dataclass(frozen=True, slots=True)
class Alignment:
    """Attention of an engine: `weights[t][s]` ties target token t to source token s; rows need not sum to one.

    `source` and `target` are the tokens' spans in the unit's source and target; tokens that stand for no text (end of
    sentence, language codes) have an empty span.
    """

    source: Sequence[Span]
    target: Sequence[Span]
    weights: Sequence[Sequence[float]]


def tied(target: str, hit: TermHit, alignment: Alignment, fences: Sequence[Span]) -> Span | None:
    """The run of target text that is tied to the hit's span of the source, or None where there is no credible one.

    It is the run of tokens whose attention to the term, less a threshold, has the greatest sum (J. Bentley's maximum
    subarray); fenced spans part runs. Punctuation and particles at its edges stay outside.
    """
    inside = [place for place, span in enumerate(alignment.source) if span[0] < hit.end and hit.start < span[1]]
    best: tuple[float, Span] = (0.0, (0, 0))
    run, start = 0.0, 0
    for span, row in zip(alignment.target, alignment.weights, strict=True):
        total = sum(row)
        if span[0] == span[1]:
            continue
        share = sum(row[place] for place in inside) / total if total > 0 else 0.0
        if any(overlap(span, fence) for fence in fences):
            run = 0.0
            continue
        if run <= 0:
            run, start = 0.0, span[0]
        run += share - _TIE
        if run > best[0]:
            best = run, (start, span[1])
    start, end = _trim(target, *best[1])
    return (start, end) if start < end <= start + _LONGEST * len(hit.target) + _SLACK else None


def _trim(target: str, start: int, end: int) -> Span:
    """The span without punctuation at its edges, and without a particle at its end."""
    while start < end and (target[start] in _EDGES or target[start] in _PARTICLES):
        start += 1
    while start < end and (target[end - 1] in _EDGES or target[end - 1] in _PARTICLES):
        end -= 1
    return start, end
