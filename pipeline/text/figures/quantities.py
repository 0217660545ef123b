"""Figures of an English text whose Chinese is a matter of rule, not of taste: `$34 billion` is `340亿美元`.

A small model writes `34亿` for it one time in five. So the form is given to the engine like a term's; each kind of
figure has a file here. What can be read in several ways (a range whose scale stands at its end, a number glued to
letters, a decade of this century) is left to the engine, and the check of figures looks at all of them afterwards
(`numbers`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain

from pipeline.text.figures import (
    ages,
    amounts,
    calendar,
    clock,
    counted,
    in_a_row,
    numbered,
    offices,
    periods,
    shares,
    spans,
    units,
    votes,
)

# A place is the first kind's that finds a figure there.
KINDS = (
    calendar.DATES, clock.RULES, votes.RULES, shares.RULES, in_a_row.RULES, spans.RULES, periods.RULES, offices.RULES,
    numbered.RULES, ages.RULES, units.RULES, amounts.RANGES, calendar.AGES, amounts.SUMS, amounts.SHARES,
    counted.RULES, amounts.COUNTS, calendar.YEARS, amounts.DIGITS,
)  # fmt: skip
_RULES = tuple((re.compile(pattern, re.IGNORECASE), forms) for pattern, forms in chain.from_iterable(KINDS))


@dataclass(frozen=True, slots=True)
class Quantity:
    """`text[start:end]` of the source, and its Simplified Chinese forms, preferred first; each of them is right."""

    start: int
    end: int
    forms: tuple[str, ...]


def quantities(text: str) -> tuple[Quantity, ...]:
    """The figures of an English `text` that have a form by rule, in order and without overlaps; offsets in `text`."""
    taken = [False] * len(text)
    found: list[Quantity] = []
    for pattern, forms in _RULES:
        for match in pattern.finditer(text):
            start, end = match.span("all")
            written = tuple(dict.fromkeys(forms(match)))
            if written and not any(taken[start:end]):
                found.append(Quantity(start, end, written))
                taken[start:end] = [True] * (end - start)
    return tuple(sorted(found, key=lambda q: q.start))
