"""The reading of a Simplified text: words first, then what each becomes; every difference from OpenCC has an origin."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence

from pipeline.text.conversion.chain import Chain
from pipeline.text.conversion.lattice import Lattice
from pipeline.text.conversion.outcome import Piece
from pipeline.text.conversion.rules import Rule

RUN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af〇·]{1,2000}")
MARGIN = 1.0  # a cut that costs only so much more than the best is a second opinion


class Reader:
    """Reads text with OpenCC's chain, a lattice of words, a locale's lists and its rules."""

    def __init__(
        self,
        chain: Chain,
        words: Mapping[str, float],
        lists: Mapping[str, Mapping[str, str]],
        rules: Mapping[str, Sequence[Rule]],
    ) -> None:
        """`lists` are phrases and their targets by origin; where two have a phrase, the later one counts."""
        self._chain = chain
        self._rules = rules
        self._listed = {phrase: (target, origin) for origin, table in lists.items() for phrase, target in table.items()}
        self._lattice = Lattice(words, chain.phrases.entries, self._listed)
        self._inner: dict[str, bool] = {}
        self._words: dict[str, tuple[str, tuple[int, ...]]] = {}
        self._hot = _hot(chain) | {phrase[0] for phrase in self._listed} | {word[0] for word in rules}

    def pieces(self, text: str, start: int, end: int) -> Iterator[Piece]:
        """What `text[start:end]` becomes, in order, without holes; the text around it is context for rules."""
        place = start
        for run in RUN.finditer(text, start, end):
            if self._hot.isdisjoint(run.group()):
                continue  # one reading a character: goes with what stands around it
            yield from plain(self._chain, text, place, run.start())
            yield from self._run(text, run.start(), run.group())
            place = run.end()
        yield from plain(self._chain, text, place, end)

    def _run(self, text: str, offset: int, run: str) -> Iterator[Piece]:
        """Our words beside OpenCC's conversion."""
        theirs = self._chain.text(run)
        if len(theirs) != len(run):  # phrases that change length: a blanket vocabulary, which keeps its own cuts
            yield from plain(self._chain, text, offset, offset + len(run))
            return
        ends = self._lattice.cut(run)
        start = same = 0
        for end in ends:
            target, origin, readings = self._read(text, offset + start, run[start:end])
            if target != theirs[start:end] or readings:
                if same < start:
                    yield Piece(offset + same, offset + start, theirs[same:start])
                if target == theirs[start:end]:
                    origin = ""
                elif not origin:
                    origin = "words"
                    readings = (target, theirs[start:end]) if self._close(run, start, end, ends) else ()
                yield Piece(offset + start, offset + end, target, origin, readings)
                same = end
            start = end
        if same < len(run):
            yield Piece(offset + same, offset + len(run), theirs[same:])

    def _read(self, text: str, start: int, word: str) -> tuple[str, str, tuple[str, ...]]:
        """What one word becomes: its target, the origin of that (empty: OpenCC), and its readings if it is a guess."""
        listed = self._listed.get(word)
        if listed:
            return self._chain.regional(listed[0]), listed[1], ()
        if len(word) > 2 and self._mixed(word):  # two characters hold no shorter phrase
            return self._parts(text, start, word)
        rule = self._rule(word, text, start) if len(word) > 1 else None
        if rule:
            return self._chain.regional(rule.readings[0]), "rules", self._readings(rule)
        target, alone = self._known(word)
        origin = ""
        readings: tuple[str, ...] = ()
        for place in alone:
            rule = self._rule(word[place], text, start + place)
            if rule:
                found = self._readings(rule)
                head, tail = target[:place], target[place + 1 :]
                target = head + self._chain.regional(rule.readings[0]) + tail
                origin = "rules"
                readings = readings or tuple(head + reading + tail for reading in found)
        return target, origin, readings

    def _mixed(self, word: str) -> bool:
        """Whether a word that is not listed has something in it that is, or that has a rule."""
        known = self._inner.get(word)
        if known is None:
            last = len(word)
            parts = (word[low:high] for low in range(last) for high in range(low + 2, last + 1))
            known = self._inner[word] = any(
                part != word and (part in self._listed or part in self._rules) for part in parts
            )
        return known

    def _parts(self, text: str, start: int, word: str) -> tuple[str, str, tuple[str, ...]]:
        """Read a word by the words inside it."""
        whole, origin, doubtful, low = "", "", False, 0
        others = ""
        for high in self._lattice.cut(word, len(word) - 1):
            target, found, readings = self._read(text, start + low, word[low:high])
            whole += target
            others += readings[1] if readings else target
            doubtful = doubtful or bool(readings)
            origin = origin or found
            low = high
        return whole, origin, (whole, others) if doubtful else ()

    def _known(self, word: str) -> tuple[str, tuple[int, ...]]:
        """OpenCC's conversion of a word, and the characters of it that stand in no phrase."""
        known = self._words.get(word)
        if known is None:
            parts = list(self._chain.pieces(word))
            alone = tuple(first for first, last, _ in parts if last == first + 1 and word[first] in self._rules)
            known = self._words[word] = ("".join(target for _, _, target in parts), alone)
        return known

    def _rule(self, word: str, text: str, start: int) -> Rule | None:
        rules = self._rules.get(word, ())
        return next((rule for rule in rules if rule.fits(text, start, start + len(word))), None)

    def _readings(self, rule: Rule) -> tuple[str, ...]:
        return tuple(map(self._chain.regional, rule.readings)) if len(rule.readings) > 1 else ()

    def _close(self, run: str, start: int, end: int, ours: list[int]) -> bool:
        """Whether OpenCC's cut around `run[start:end]` costs hardly more than ours."""
        theirs = [stop for _, stop, _ in self._chain.pieces(run)]
        common = sorted({0, *ours} & {0, *theirs})
        low = common[bisect_right(common, start) - 1]
        high = common[bisect_left(common, end)]
        part = run[low:high]
        costs = [
            self._lattice.cost(part, [stop - low for stop in stops if low < stop <= high]) for stops in (ours, theirs)
        ]
        return costs[1] - costs[0] < MARGIN


def plain(chain: Chain, text: str, start: int, end: int) -> Iterator[Piece]:
    """A stretch as OpenCC converts it: one piece, or as many as it takes where lengths change."""
    if start < end:
        part = text[start:end]
        target = chain.text(part)
        if len(target) == len(part):
            yield Piece(start, end, target)
        else:
            for first, last, became in chain.pieces(part):
                yield Piece(start + first, start + last, became)


def _hot(chain: Chain) -> set[str]:
    """The characters that do not always become the same: only where one stands can the two cuts differ."""
    single = chain.single
    plainly = str.maketrans(single)
    found: set[str] = set()
    for phrase, target in chain.phrases.entries.items():
        became = phrase.translate(plainly)
        if became != target:
            found.update(old for old, one, other in zip(phrase, became, target, strict=False) if one != other)
    return found | {char for char in single if single[char] in chain.later} | chain.later
