"""Putting a missing term into a translation by decoding again from the place where it belongs.

Where the translation lacks a term's target, the decoder's attention says which target token renders the term; the
text up to there and the wanted target are then forced as the beginning of a new translation, which goes on naturally
from it. (The attention as alignment: Bahdanau et al. 2015; forcing a prefix: Wuebker et al. 2016.)
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.engine import Constraint, Engine, Request, Result, Token
from pipeline.text.whole import whole

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ROUNDS = 3  # one term of a text is put in a round; texts with more missing terms than that are rare
PLACES = 3  # tried for each term
NEAR = 0.5  # a token with this share of the best token's attention belongs to the same rendering
LONGER, SHORTER, LEEWAY = 1.5, 0.6, 8  # bounds of a new translation's length, in characters of the old one


def missing(text: str, constraints: Sequence[Constraint]) -> tuple[Constraint, ...]:
    """The constraints that `text` does not meet: each wants an occurrence of its target for itself.

    Longer targets are served first, so that 美国 is not found in 美国政府 where both are wanted; a part of a number or
    of a word in Latin letters is no occurrence (1110万 in 11110万). Of several constraints with one target the first in
    the source are taken to be met.
    """
    wanted = Counter(c.target for c in constraints)
    short = {}
    for target in sorted(wanted, key=lambda t: (-len(t), t)):
        text, found = _crossed_out(text, target)
        short[target] = max(0, wanted[target] - found)
    out = []
    for c in sorted(constraints, key=lambda c: -c.start):
        if short[c.target]:
            short[c.target] -= 1
            out.append(c)
    return tuple(reversed(out))


def _crossed_out(text: str, target: str) -> tuple[str, int]:
    """The text with its occurrences of `target` overwritten, and how many these are."""
    found, at = 0, text.find(target)
    while at >= 0:
        end = at + len(target)
        if whole(text, at, end):
            text = text[:at] + "\0" * len(target) + text[end:]
            found += 1
        else:
            end = at + 1
        at = text.find(target, end)
    return text, found


def slot(attention: NDArray[np.float32], span: tuple[int, int], sources: Sequence[Token]) -> int:
    """The target token at which the rendering of the source's `span` begins: a row of `attention`.

    It is the row that attends most to the tokens of `span`, or the first of the rows beside it that do so nearly as
    much. Raises ValueError if there are no rows or nothing of the source lies in the span.
    """
    return next(_slots(attention, span, sources))


def _slots(attention: NDArray[np.float32], span: tuple[int, int], sources: Sequence[Token]) -> Iterator[int]:
    """The likely slots, best first, each token at most once."""
    columns = [i for i, s in enumerate(sources) if s.start < span[1] and s.end > span[0]]
    if not columns or not len(attention):
        message = f"no token of the source lies in {span}" if len(attention) else "there is no target to look at"
        raise ValueError(message)
    mass = attention[:, columns].sum(axis=1)
    given: set[int] = set()
    for best in map(int, mass.argsort(kind="stable")[::-1]):
        first = best
        while first and mass[first - 1] >= NEAR * mass[best]:
            first -= 1
        for place in (first, best):
            if place not in given:
                given.add(place)
                yield place


@dataclass(slots=True)
class _Repair:
    """A request that is being worked on, and the best translation so far."""

    index: int
    request: Request
    best: Result
    first: Result


def force(engine: Engine, requests: Sequence[Request], results: Sequence[Result] | None = None) -> list[Result]:
    """Translations in which missing targets are put in as far as this can be done well.

    `results` are the translations so far (made here if not given); those that lack nothing come back as they are.
    A new translation is taken only if it meets more constraints than the old one, keeps the old one's length within
    bounds, repeats nothing new, and holds as many of the engine's masks. What is still missing is for the caller to
    find (see `missing`). Suggestions do not count here. An engine without prefixes and attention gets its results back.
    """
    results = list(engine.translate(requests) if results is None else results)
    if not (engine.supports.prefix and engine.supports.attention):
        return results
    todo = [i for i, (q, r) in enumerate(zip(requests, results, strict=True)) if r.text and missing(r.text, q.required)]
    blind = [i for i in todo if results[i].attention is None]
    seen = dict(zip(blind, engine.translate([requests[i] for i in blind], attention=True), strict=True))
    work = [_Repair(i, requests[i], seen.get(i, results[i]), results[i]) for i in todo]
    for _ in range(ROUNDS):
        work = [w for w in work if missing(w.best.text, w.request.required)]
        tries = [(w, prefix) for w in work for prefix in _prefixes(w)]
        made = engine.translate([replace(w.request, prefix=prefix) for w, prefix in tries], attention=True)
        improved = _choose(engine, [(w, r) for (w, _), r in zip(tries, made, strict=True)])
        work = [w for w in work if w.index in improved]
        for w in work:
            w.best = improved[w.index]
            results[w.index] = w.best
    return results


def _prefixes(work: _Repair) -> list[str]:
    """Beginnings of a new translation that end in a missing target; the term that comes first in the target first."""
    best = work.best
    if best.attention is None:
        return []
    found: list[tuple[int, list[str]]] = []
    for c in missing(best.text, work.request.required):
        try:
            places = [
                p for p, _ in zip(_slots(best.attention, (c.start, c.end), best.sources), range(PLACES), strict=False)
            ]
        except ValueError:  # nothing of the term is left in what the model read: it was cut off
            continue
        begins = [best.text[: best.tokens[p].start] + c.target for p in places]
        found.append((places[0], list(dict.fromkeys(b for b in begins if b.startswith(work.request.prefix)))))
    return min(found, key=lambda f: f[0])[1] if found else []


def _choose(engine: Engine, made: Sequence[tuple[_Repair, Result]]) -> dict[int, Result]:
    """By index the best of the translations that are better than what was there."""
    good = [(w, r) for w, r in made if _better(w, r, engine.mask)]
    scores = engine.score([(w.request, r.text) for w, r in good])
    best: dict[int, tuple[int, float, Result]] = {}
    for (w, r), score in zip(good, scores, strict=True):
        rank = -len(missing(r.text, w.request.required)), score
        if w.index not in best or rank > best[w.index][:2]:
            best[w.index] = (*rank, replace(r, score=score))
    return {index: result for index, (_, _, result) in best.items()}


def _better(work: _Repair, new: Result, mask: str) -> bool:
    old, wanted = work.first.text, work.request.required
    return (
        len(missing(new.text, wanted)) < len(missing(work.best.text, wanted))
        and len(old) * SHORTER - LEEWAY <= len(new.text) <= len(old) * LONGER + LEEWAY
        and not (new.truncated and not work.first.truncated)
        and repeated(new.text) <= max(repeated(old), 1)
        and (not mask or not masks(old, mask) - masks(new.text, mask))
    )


def masks(text: str, mask: str) -> Counter[str]:
    """The masks that stand in `text`, where `mask` is how the engine writes one."""
    head, _, tail = mask.partition("{n}")
    return Counter(re.findall(re.escape(head) + r"\d+" + re.escape(tail), text))


def repeated(text: str, least: int = 4) -> int:
    """How often the most frequent run of `least` characters follows itself directly or nearly so: 1 in good text."""
    worst = 1
    for m in re.finditer(r"(?=(.{%d,24}?)((?:.{0,2}?\1)+))" % least, text):  # noqa: UP031 - braces
        worst = max(worst, 1 + m[2].count(m[1]))
    return worst
