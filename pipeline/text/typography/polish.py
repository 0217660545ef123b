"""All rules over one text, again and again until none has anything to say: polishing twice is polishing once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from pipeline.errors import SanwenError
from pipeline.model import Kind, Typography
from pipeline.text.typography.line import House, edited, parse
from pipeline.text.typography.order import RULES

ROUNDS = 12  # a text that rules still quarrel about by then is left as it was
_AROUND = 6  # characters of context in a Change


@dataclass(frozen=True, slots=True)
class Change:
    """What one rule did to a text: the part that changed with some characters around it."""

    rule: str
    before: str
    after: str


def polish(text: str, rules: Typography, *, kind: Kind = Kind.SENTENCE, source: str = "") -> str:
    """A text of that kind as the house writes it.

    Inline tags, addresses, code and placeholders come through unchanged. `source`, the English, tells where works are
    named. Raises SanwenError where `rules` names a rule that there is not.
    """
    house = House(rules, kind, source)
    now = text
    for _ in range(ROUNDS):
        *_, (_, after) = _steps(now, house)
        if after == now:
            return now
        now = after
    return text


def explain(text: str, rules: Typography, *, kind: Kind = Kind.SENTENCE, source: str = "") -> list[Change]:
    """What `polish` changes, rule by rule, in the order it happens. Raises SanwenError as `polish` does."""
    house = House(rules, kind, source)
    if polish(text, rules, kind=kind, source=source) == text:
        return []
    changes: list[Change] = []
    for _ in range(ROUNDS):
        before = text
        for name, after in _steps(text, house):
            if after != text:
                changes.append(Change(name, *_difference(text, after)))
            text = after
        if text == before:
            break
    return changes


def _steps(text: str, house: House) -> Iterator[tuple[str, str]]:
    """One round: each rule's name and the text after it."""
    line = parse(text)
    for name in house.rules.rules or RULES:
        if name not in RULES:
            near = get_close_matches(name, RULES, 1)
            raise SanwenError(
                f"no typographic rule {name!r}",
                place="typography.rules",
                remedy=f"Did you mean {near[0]}?" if near else f"Known: {', '.join(RULES)}",
            )
        line = edited(line, RULES[name](line, house))
        yield name, str(line)


def _difference(before: str, after: str) -> tuple[str, str]:
    """The parts of two texts that differ, with a little of what is around them."""
    shortest = min(len(before), len(after))
    head = next((place for place in range(shortest) if before[place] != after[place]), shortest)
    tail = next((n for n in range(shortest - head) if before[-1 - n] != after[-1 - n]), shortest - head)
    start, end = max(0, head - _AROUND), max(0, tail - _AROUND)
    return before[start : len(before) - end], after[start : len(after) - end]
