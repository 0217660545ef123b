"""Repetition loops: a translation model that got stuck and writes the same words again and again.

Periods are proposed by character trigrams (the distance to the last time the same three characters stood), then checked
character by character, so the work is linear. Dashes, ellipses, digits, laughter and a word said twice are no loops.
"""

from __future__ import annotations

import re
from collections import Counter

_GRAM = 3
_LONGEST = 400  # characters in a period
_PROPOSALS = 8  # periods that are checked
_LAUGHTER = frozenset("哈呵嘻嘿啊哦呜嗚hHaA")
_DRAWN = frozenset("—…·.-=_*~‥․─━ \u3000\n0123456789０１２３４５６７８９")  # dashes, ellipses, rules, digits
_ROUNDS = 20
_BRACKETED = re.compile(r"([（(]([^()（）]{1,40})[）)])(?: ?[（(]\2[）)])+")


def loop(text: str) -> tuple[int, int, int] | None:
    """The longest repetition in `text`: where it starts, its period in characters and how often it stands; or None."""
    last: dict[str, int] = {}
    gaps: Counter[int] = Counter()
    for i in range(len(text) - _GRAM + 1):
        gram = text[i : i + _GRAM]
        if gram in last and i - last[gram] <= _LONGEST:
            gaps[i - last[gram]] += 1
        last[gram] = i
    found: tuple[int, int, int] | None = None
    for period, _ in sorted(gaps.most_common(_PROPOSALS)):
        for start, total in _runs(text, period):
            times = total // period
            longer = found is None or times * period > found[1] * found[2]
            if longer and _is_loop(text[start : start + period], times):
                found = (start, period, times)
    return found


def bracketed_once(text: str) -> str:
    """`text` without what stands in brackets twice in a row: `（CUES）（CUES）`."""
    return _BRACKETED.sub(r"\1", text)


def trim(text: str) -> str:
    """`text` with every loop cut down to one turn."""
    for _ in range(_ROUNDS):
        found = loop(text)
        if found is None:
            break
        start, period, times = found
        text = text[: start + period] + text[start + period * times :]
    return text


def _runs(text: str, period: int) -> list[tuple[int, int]]:
    """(start, length) of the stretches in which every character equals the one a period before it."""
    runs: list[tuple[int, int]] = []
    begin = period
    for i in range(period, len(text) + 1):
        if i == len(text) or text[i] != text[i - period]:
            if i - begin >= period:
                runs.append((begin - period, i - begin + period))
            begin = i + 1
    return runs


def _is_loop(unit: str, times: int) -> bool:
    """Whether a unit that stands so many times in a row is one too often.

    Chinese doubles words (讨论讨论) but does not say them three times, nor five characters or more twice.
    """
    if set(unit) <= _DRAWN:
        return False
    if set(unit) - {" "} <= _LAUGHTER:
        return times * len(unit) > 24
    if not any(c.isalpha() for c in unit):
        return times >= (6 if set(unit) & _DRAWN else 3)
    if unit.isascii() and len(unit.split()) <= 1:
        return times >= (12 if len(unit) == 1 else 5 if len(unit) <= 3 else 3)
    size = len(unit)
    return times >= (4 if size == 1 else 3 if size <= 4 else 2)
