"""The words of a target that an engine's attention ties to a term of the source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.glossary.assign import Span
from pipeline.glossary.occurrences import overlap
from pipeline.model import TermHit

_EDGES = frozenset("，。、；：？！,.;:?!“”‘’「」『』（）()《》〈〉…—·\"' \u00a0\u3000")
_PARTICLES = frozenset("的地得了着過过们們")
_OPENS, _CLOSES = "《〈", "》〉"  # marks of a title, which part a form from what says it again
_DOT = "·"  # between the names of a foreigner
_BEFORE, _AFTER = re.compile(r"\d[\d.,]{0,30}$"), re.compile(r"[\d.,]{0,30}\d")
_TIE = 0.4  # of a target token's attention that ties it to the term
_AGAIN = 0.3  # the same where it says a part of the term that stands beside it
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
    subarray); fenced spans part runs. Punctuation and particles at its edges stay outside, a number is taken whole.
    """
    best: tuple[float, Span] = (0.0, (0, 0))
    run, start = 0.0, 0
    for span, share in shares(hit, alignment):
        if any(overlap(span, fence) for fence in fences):
            run = 0.0
            continue
        if run <= 0:
            run, start = 0.0, span[0]
        run += share - _TIE
        if run > best[0]:
            best = run, (start, span[1])
    start, end = _trim(target, *best[1])
    if start < end:
        start, end = _with_numbers(target, start, end, hit.target, fences)
    return (start, end) if start < end <= start + _LONGEST * len(hit.target) + _SLACK else None


def repeat(target: str, start: int, end: int, hit: TermHit, alignment: Alignment) -> Span | None:
    """The longest run of tokens beside the hit's form at `target[start:end]` that says it, or an end of it, once more.

    They are tied to the hit as well, or they would be other words: `其中中国`. No word ends as a foreign name begins.
    The marks of a title, the form's own or around it, are passed over: `新《新削减战略武器条约》`.
    """
    form = target[start:end].lstrip(_OPENS).rstrip(_CLOSES)
    start -= target.endswith(tuple(_OPENS), 0, start)
    end += target.startswith(tuple(_CLOSES), end)
    tied_too = {
        span
        for span, share in shares(hit, alignment)
        if share >= _AGAIN or (_DOT in form and span[1] == start and form.startswith(target[slice(*span)]))
    }
    found = []
    for edge, near, far in ((start, 1, 0), (end, 0, 1)):  # tokens end at the form's start, or begin at its end
        at = edge
        while (span := next((s for s in tied_too if s[near] == at), None)) is not None:
            at = span[far]
            said = target[min(at, edge) : max(at, edge)]
            if form.startswith(said) or form.endswith(said):
                found.append((min(at, edge), max(at, edge)))
    return max(found, key=lambda span: span[1] - span[0], default=None)


def without(alignment: Alignment, start: int, end: int) -> Alignment:
    """The alignment of a target from which `[start, end)` has been cut: tokens there stand for no text."""

    def shift(at: int) -> int:
        return at if at <= start else max(start, at - (end - start))

    return Alignment(alignment.source, [(shift(a), shift(b)) for a, b in alignment.target], alignment.weights)


def shares(hit: TermHit, alignment: Alignment) -> Iterator[tuple[Span, float]]:
    """The target's tokens that stand for text, and the share of its attention that each gives to the hit."""
    inside = [place for place, span in enumerate(alignment.source) if span[0] < hit.end and hit.start < span[1]]
    for span, row in zip(alignment.target, alignment.weights, strict=True):
        total = sum(row)
        if span[0] < span[1]:
            yield span, sum(row[place] for place in inside) / total if total > 0 else 0.0


def _with_numbers(target: str, start: int, end: int, form: str, fences: Sequence[Span]) -> Span:
    """The span with the rest of a number that it cuts, or that the form would be glued to: 194年 for 1974年."""
    left = max((b for _, b in fences if b <= start), default=0)
    right = min((a for a, _ in fences if a >= end), default=len(target))
    if target[start].isdecimal() or form[0].isdecimal():
        before = _BEFORE.search(target, left, start)
        start = before.start() if before else start
    if target[end - 1].isdecimal() or form[-1].isdecimal():
        after = _AFTER.match(target, end, right)
        end = after.end() if after else end
    return start, end


def _trim(target: str, start: int, end: int) -> Span:
    """The span without punctuation at its edges, and without a particle at its end."""
    while start < end and (target[start] in _EDGES or target[start] in _PARTICLES):
        start += 1
    while start < end and (target[end - 1] in _EDGES or target[end - 1] in _PARTICLES):
        end -= 1
    return start, end
