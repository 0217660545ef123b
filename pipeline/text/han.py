"""Simplified to Traditional Chinese for Taiwan, Hong Kong and elsewhere, and back.

OpenCC's conversion is the ground (`conversion.chain`); a locale's data corrects it where it is known to err and says
what the region calls things. Every character of the output has a span of the input, so that glossary terms can be
locked and inline tags followed. `docs/conversion.md` explains it for editors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from pipeline.model import Locale
from pipeline.text.conversion import lists, rules, words
from pipeline.text.conversion.chain import Chain
from pipeline.text.conversion.outcome import Conversion, Doubt, Lock, Override, Piece
from pipeline.text.conversion.reading import Reader, plain
from pipeline.text.conversion.rules import Rule
from pipeline.text.conversion.tables import Table, longest_match

__all__ = ["Conversion", "Converter", "Doubt", "Lock", "Override", "back_converter", "converter"]


class Converter:
    """One direction of conversion. Dictionaries are loaded when the first text comes, once."""

    def __init__(
        self,
        config: str,
        overrides: Mapping[str, str] | None = None,
        *,
        vocabulary: Mapping[str, str] | None = None,
        words: Mapping[str, float] | None = None,
        rules: Mapping[str, Sequence[Rule]] | None = None,
        variants: Mapping[str, str] | None = None,
        house: Mapping[str, str] | None = None,
    ) -> None:
        """Make a converter that loads nothing yet.

        `config` names an OpenCC configuration; empty: characters stay as they are. `overrides` and `vocabulary` are
        phrases of the input and what they become. With `words`, the costs of the input's words, the text is cut into
        words and `rules` apply; without, the longest phrase counts. `variants` are single characters of the output
        and what is written for them. `house` are phrases whose targets are taken just as they stand, before all others.
        """
        self.config = config
        self._lists = {"vocabulary": dict(vocabulary or {}), "phrases": dict(overrides or {})}
        self._words = words
        self._rules = rules or {}
        self._variants = {ord(old): new for old, new in (variants or {}).items()}
        self._house = Table(dict(house)) if house else None
        self._free: _Pieces | None = None
        self._chain: Chain | None = None

    def convert(self, text: str, locks: Sequence[Lock] = ()) -> Conversion:
        """Convert a text; what `locks` span becomes their targets and nothing else.

        Raises ValueError for locks that overlap or lie outside the text, SanwenError for an unknown configuration.
        """
        free = self._load()
        source = self._chain.normalise(text) if self._chain else text
        pieces: list[Piece] = []
        place = 0
        for lock in sorted((*locks, *self._preferred(text, locks)), key=lambda lock: lock.start):
            if not place <= lock.start < lock.end <= len(text):
                raise ValueError(f"{lock} overlaps another or lies outside the text")
            pieces += free(source, place, lock.start)
            pieces.append(Piece(lock.start, lock.end, lock.target, "lock"))
            place = lock.end
        pieces += free(source, place, len(source))
        return _joined(text, pieces, self._variants)

    def _preferred(self, text: str, locks: Sequence[Lock]) -> Iterator[Lock]:
        """The house's own phrases where no lock has a say."""
        if self._house is None:
            return
        for begin, stop, listed in longest_match(text, self._house):
            if listed and not any(lock.start < stop and begin < lock.end for lock in locks):
                yield Lock(begin, stop, self._house.entries[text[begin:stop]])

    def _load(self) -> _Pieces:
        if self._free is None:
            self._chain = Chain(self.config) if self.config else None
            if self._chain and self._words:
                self._free = Reader(self._chain, self._words, self._lists, self._rules).pieces
            else:
                self._free = partial(
                    _longest, self._chain, Table({**self._lists["vocabulary"], **self._lists["phrases"]})
                )
        return self._free


_Pieces = Callable[[str, int, int], Iterable[Piece]]


def converter(locale: Locale) -> Converter:
    """The converter from a locale's base to it, with the lists, words and rules of its folders.

    Raises SanwenError for data that is wrong.
    """
    return Converter(
        locale.opencc,
        lists.layered(locale.data, lists.PHRASES),
        vocabulary=lists.layered(locale.data, lists.VOCABULARY),
        words=words.layered(locale.data),
        rules=rules.layered(locale.data),
        variants=_variants(locale),
        house=lists.layered(locale.data, lists.LEARNED),
    )


def back_converter(locale: Locale) -> Converter:
    """The converter from a locale to its base: its vocabulary undone, then OpenCC's way back.

    Raises SanwenError for data that is wrong.
    """
    undone = {**lists.inverse(lists.layered(locale.data, lists.VOCABULARY)), **lists.layered(locale.data, lists.BACK)}
    return Converter(locale.back, vocabulary=undone)


def _variants(locale: Locale) -> dict[str, str]:
    tai = {"臺": "台"} if locale.tai == "台" else {}  # OpenCC's own form for Taiwan is 臺
    return {**tai, **locale.variants}


def _longest(chain: Chain | None, table: Table, text: str, start: int, end: int) -> Iterator[Piece]:
    """Convert a stretch: listed phrases by longest match, what is between them by OpenCC."""
    stretch = text[start:end]
    for begin, stop, listed in longest_match(stretch, table):
        if listed:
            yield Piece(start + begin, start + stop, table.entries[stretch[begin:stop]], "phrases")
        elif chain:
            yield from plain(chain, text, start + begin, start + stop)
        else:
            yield Piece(start + begin, start + stop, stretch[begin:stop])


def _joined(text: str, pieces: Iterable[Piece], variants: Mapping[int, str]) -> Conversion:
    """Pieces in order as one conversion; a piece as long as its target has a span a character, else one for all."""
    out: list[str] = []
    spans: list[tuple[int, int]] = []
    doubts, overrides = [], []
    place = 0
    for piece in pieces:
        locked = piece.origin == "lock"
        target = piece.target.translate(variants) if variants and not locked else piece.target
        if len(target) == piece.end - piece.start:
            spans += [(index, index + 1) for index in range(piece.start, piece.end)]
        else:
            spans += [(piece.start, piece.end)] * len(target)
        if piece.origin:
            source = text[piece.start : piece.end]
            overrides.append(Override(piece.start, piece.end, source, target, piece.origin))
        if piece.readings:
            readings = tuple(reading.translate(variants) for reading in piece.readings)
            reason = f"{text[piece.start : piece.end]} may be {' or '.join(readings)}"
            doubts.append(Doubt(place, place + len(target), target, readings, reason))
        out.append(target)
        place += len(target)
    return Conversion("".join(out), tuple(spans), tuple(doubts), tuple(overrides))
