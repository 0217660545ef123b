"""English figures in words, each with its place and what a translation may write for it.

`two dozen` is 24 and, said roughly, 20; `eighteen months` may be a year and a half; of `three to four million` both are
millions. *Sure* are those that a translation must have: cardinals from two up. A fraction (`two-thirds`), an ordinal,
a year that is read out (`nineteen eighty-four`) and what is said of `one` have too many other forms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from pipeline.text.figures.number_words import CARDINALS, ORDINALS, SCALES

_DOZEN = {12, 10}  # two dozen are 二十多
_COLLECTIVES = {"dozen": _DOZEN, "score": {20}, "decade": {10}, "decades": {10}}
_WITHIN = {"month": 12, "months": 12, "day": 7, "days": 7, "hour": 24, "hours": 24}  # of a year, a week, a day
_OF = {"week": 7, "weeks": 7}  # in days
_HALVES = {"six month", "six months", "two weeks", "thirty minutes"}  # 半年, 半个月, 半小时
_HALF = Decimal("0.5")
_FEWEST = 2  # of what a translation is asked for

_WORD = re.compile(r"[A-Za-z]+")
_PARTS = {"thirds": 3, "quarters": 4, **{f"{ORDINALS[n]}s": n for n in range(4, 11)}}
_PART = re.compile(rf"[ -](?P<part>{'|'.join(_PARTS)}|halves|something)\b", re.IGNORECASE)
_FOLD = "fold"
_AND_A_HALF = re.compile(rf" and a half(?:[ -](?P<scale>{'|'.join(SCALES)}))?\b", re.IGNORECASE)
_TO = re.compile(r"(?: ?[-–—] ?|,? (?:to|or|and) )$")
_CLOCK = re.compile(r" ?(?:o['’]clock|[ap]\.?m\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Worded:
    """The figure at `[start, end)` of a text, and every value that it can stand for."""

    start: int
    end: int
    value: int
    values: frozenset[Decimal]
    sure: bool


@dataclass(slots=True)
class _Run:
    """Number words in a row: `two hundred and five`."""

    start: int
    end: int
    total: int = 0
    part: int = 0
    scale: int = 1  # the last of its scales
    cardinal: bool = False
    ordinal: bool = False

    @property
    def value(self) -> int:
        return self.total + self.part

    def takes(self, word: str) -> bool:
        """Whether `word` continues the number: two hundred | five, twenty | five; but three | six."""
        if word in SCALES:
            return True
        value = _value(word)
        if value is None:
            return word == "and" and self.part % 100 == 0  # one hundred and fifty
        return self.part % 100 == 0 or (self.part % 10 == 0 and self.part % 100 >= 20 and value < 10)

    def add(self, word: str, end: int) -> None:
        self.end = end
        if word in SCALES:
            self.scale = SCALES[word]
            self.part = (self.part or 1) * self.scale
        else:
            self.part += _value(word) or 0
            self.cardinal |= word.removesuffix(_FOLD) in CARDINALS
            self.ordinal |= word not in CARDINALS  # or so many times as much
        if self.part >= 1000:
            self.total, self.part = self.total + self.part, 0


def worded(text: str) -> tuple[Worded, ...]:
    """The figures in words of an English `text`, in order."""
    runs = list(_runs(text))
    return tuple(_read(text, runs, i) for i in range(len(runs)))


def _runs(text: str) -> Iterator[_Run]:
    run: _Run | None = None
    ands = 0  # letters of an "and" that nothing follows
    for match in _WORD.finditer(text):
        word = match[0].lower()
        if run is not None and run.takes(word) and _near(text, run.end + ands, match.start()):
            if word == "and":
                ands = match.end() - run.end
                continue
            run.add(word, match.end())
        else:
            if run is not None:
                yield run
            run = None
            if word in SCALES or _value(word) is not None:
                run = _Run(match.start(), match.end())
                run.add(word, match.end())
        ands = 0
    if run is not None:
        yield run


def _near(text: str, end: int, start: int) -> bool:
    """Whether nothing but a space or a hyphen stands between two words."""
    return text[end:start] in {" ", "-", "\u00a0", "\u2011"}


def _value(word: str) -> int | None:
    word = word.removesuffix(_FOLD)
    return CARDINALS.get(word, ORDINALS.index(word) if word in ORDINALS else None)


def _read(text: str, runs: list[_Run], i: int) -> Worded:
    """What `runs[i]` can stand for, with what follows it."""
    run, values = runs[i], {Decimal(runs[i].value)}
    match = _WORD.match(text, run.end + 1)
    after = match[0].lower() if match else ""
    values |= {Decimal(run.value * n) for n in _COLLECTIVES.get(after, ())}
    if run.value >= _WITHIN.get(after, run.value + 1):
        values.add(Decimal(run.value // _WITHIN[after]))
    if after in _OF:
        values.add(Decimal(run.value * _OF[after]))
    written = text[run.start : run.end].lower()
    if f"{written} {after}" in _HALVES:
        values.add(_HALF)
    if after == "times" or written.endswith(_FOLD):  # three times as much are two times more
        values.add(Decimal(run.value - 1))
    if _CLOCK.match(text, run.end):
        values.add(Decimal(run.value + 12))
    if more := _AND_A_HALF.match(text, run.end):
        values.add((run.value + _HALF) * SCALES.get((more["scale"] or "").lower(), 1))
    part = _PART.match(text, run.end)
    if part and (of := _PARTS.get(part["part"].lower())):
        values.add(Decimal(round(100 * run.value / of)))
    following = runs[i + 1] if i + 1 < len(runs) else None
    if following and following.scale > run.scale and _TO.match(text, run.end, following.start):
        values.add(Decimal(run.value * following.scale))
    pairs = zip(runs[max(0, i - 1) : i + 1], runs[max(1, i) : i + 2], strict=False)
    years = {Decimal(100 * a.value + b.value) for a, b in pairs if _near(text, a.end, b.start)}
    sure = run.cardinal and not run.ordinal and run.value >= _FEWEST and not years and not part
    return Worded(run.start, run.end, run.value, frozenset(values | years), sure)
