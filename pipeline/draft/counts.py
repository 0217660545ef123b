"""Small numbers that a translation has lost: `Five voted against` as 投票反对.

They are left to the engine, which knows 两 from 二 and what to write behind them. Where one is in the translation in
no form, the text is translated once more with the number written in like a term's target, and if that does not help,
begun again from its place with the number there. Of 274 texts of three test sets with figures in words 19 lose one
without this, and 9 with it; many of these became better elsewhere too, for a number is lost where a translation fails.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.draft.sound import keeps, sound
from pipeline.engine import Constraint, Engine, Request, Result
from pipeline.repair import force
from pipeline.text.figures.han_numerals import counted
from pipeline.text.figures.numbers import lost_words

_SMALL = 10  # what is below is asked for
_DECADES = re.compile(r"[ -]decades?\b", re.IGNORECASE)
_FAMILY = re.compile(r"-of-$")  # a mother-of-two: what is counted is not said


@dataclass(frozen=True, slots=True)
class _Count:
    """The number at `[start, end)` of a request's text, as it is put to the engine."""

    start: int
    end: int
    form: str

    @property
    def alone(self) -> bool:
        """Whether it may be put into a translation as it stands: 两 has too many other forms, and is half a word."""
        return self.form != counted(2)


def with_counts(engine: Engine, requests: Sequence[Request], results: Sequence[Result]) -> list[Result]:
    """The results, one for one, with fewer small numbers missing where that could be had at no other loss."""
    results = list(results)
    lost = {i: found for i, r in enumerate(results) if (found := _lost(requests[i], r.text))}
    asked = {i: _asking(requests[i], found) for i, found in lost.items()}
    attention = engine.supports.attention
    again = engine.translate(list(asked.values()), attention=attention) if asked else []
    for i, new in zip(asked, again, strict=True):
        request, old = requests[i], results[i].text
        fewer = len(_lost(request, new.text)) < len(lost[i])
        if fewer and sound(request.text, old, new) and keeps(request, old, new.text, engine.mask):
            results[i] = new
    left = {i: found for i in asked if (found := [c for c in _lost(requests[i], results[i].text) if c.alone])}
    forced = force(engine, [_asking(requests[i], found) for i, found in left.items()], [results[i] for i in left])
    for i, new in zip(left, forced, strict=True):
        if keeps(requests[i], results[i].text, new.text, engine.mask):
            results[i] = new
    return results


def _lost(request: Request, target: str) -> list[_Count]:
    """The small numbers that a translation has in no form; those that are a part of a term are the term's."""
    text, counts = request.text, []
    for word in lost_words(text, target) if target else ():
        decades = _DECADES.match(text, word.end)
        end = decades.end() if decades else word.end
        small = word.value < _SMALL and not _FAMILY.search(text, 0, word.start)
        if small and not any(word.start < c.end and c.start < end for c in request.required):
            counts.append(_Count(word.start, end, f"{10 * word.value}年" if decades else counted(word.value)))
    return counts


def _asking(request: Request, counts: Sequence[_Count]) -> Request:
    """The request with the numbers as terms, in the place of suggestions if need be."""
    kept = [c for c in request.constraints if not any(c.start < n.end and n.start < c.end for n in counts)]
    new = [Constraint(n.start, n.end, n.form) for n in counts]
    return replace(request, constraints=tuple(sorted((*kept, *new), key=lambda c: c.start)))
