"""A reviewer's lasting preferences: where approved Traditional targets differ from their conversion, again and again.

Each approved entry says which zh_CN text it was converted from. That text is converted again and compared with what the
person approved; a replacement that comes back, and that is rarely left undone, is proposed for the locale's phrases.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from pipeline.text.han import Conversion, Converter

_LONGEST = 6  # characters of a phrase: what is longer is rewording, not a preference


@dataclass(frozen=True, slots=True)
class Proposal:
    """A phrase of the base locale, what it is converted to, and what reviewers write instead.

    `times` is how often they did, `kept` how often they left the conversion as it was.
    """

    source: str
    converted: str
    preferred: str
    times: int
    kept: int


@dataclass(frozen=True, slots=True)
class Reviewed:
    """An approved target and the base text that it was converted from."""

    base: str
    target: str


def learn(reviewed: Iterable[Reviewed], converter: Converter, *, least: int = 2, share: float = 0.8) -> list[Proposal]:
    """Proposals that occur at least `least` times and in at least `share` of the places where they could.

    The most frequent come first.
    """
    pairs = [(r, converter.convert(r.base)) for r in reviewed]
    seen: Counter[tuple[str, str, str]] = Counter()
    for one, conversion in pairs:
        for change in _changes(one, conversion):
            seen[change] += 1
    best: dict[str, tuple[int, tuple[str, str, str]]] = {}
    for change, times in seen.items():
        if times > best.get(change[0], (0, change))[0]:
            best[change[0]] = (times, change)
    proposals = []
    for source, (times, (_, converted, preferred)) in best.items():
        kept = sum(c.text.count(converted) and _stayed(r, c, converted) for r, c in pairs if source in r.base)
        if times >= least and times / (times + kept) >= share:
            proposals.append(Proposal(source, converted, preferred, times, kept))
    return _without_repeats(sorted(proposals, key=lambda p: (-p.times, len(p.source), p.source)))


def _changes(one: Reviewed, conversion: Conversion) -> list[tuple[str, str, str]]:
    """(base phrase, converted, preferred), each also with a neighbour when it is a single character.

    A character alone is too little to override by: 台 may be Taiwan's or a platform's.
    """
    found = []
    matcher = SequenceMatcher(None, conversion.text, one.target, autojunk=False)
    if matcher.ratio() < 0.6:  # reworded as a whole
        return []
    for op, a, b, c, d in matcher.get_opcodes():
        if op != "replace" or not conversion.text[a:b].strip() or not _han(conversion.text[a:b] + one.target[c:d]):
            continue
        windows = [(a, b, c, d)] if b - a > 1 else [(a, b + 1, c, d + 1), (a - 1, b, c - 1, d)]
        for left, right, low, high in windows:
            if left < 0 or low < 0 or right > len(conversion.text) or high > len(one.target):
                continue
            text, wanted = conversion.text[left:right], one.target[low:high]
            start, end = conversion.spans[left][0], conversion.spans[right - 1][1]
            if _han(text + wanted) and max(len(text), len(wanted)) <= _LONGEST:
                found.append((one.base[start:end], text, wanted))
    return found


def _stayed(one: Reviewed, conversion: Conversion, converted: str) -> int:
    """How often the conversion's own form stands in the approved target too."""
    return min(one.target.count(converted), conversion.text.count(converted))


def _without_repeats(proposals: Sequence[Proposal]) -> list[Proposal]:
    """Drop what a more frequent proposal says already, in another window."""
    kept: list[Proposal] = []
    for one in proposals:
        same = any(p.times >= one.times and _overlap(p.source, one.source) for p in kept)
        if not same:
            kept.append(one)
    return kept


def _overlap(a: str, b: str) -> bool:
    return a in b or b in a


def _han(text: str) -> bool:
    return bool(text) and all("一" <= c <= "鿿" or "㐀" <= c <= "䶿" for c in text)
