"""Simplified to Traditional Chinese for Taiwan, Hong Kong and elsewhere, and back.

OpenCC's conversion is the ground (`conversion.chain`); a locale's data corrects it where it is known to err and says
what the region calls things. Every character of the output has a span of the input, so that glossary terms can be
locked and inline tags followed. `docs/conversion.md` explains it for editors.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pipeline.model import Locale
from pipeline.text.conversion import lists
from pipeline.text.conversion.chain import Chain
from pipeline.text.conversion.outcome import Conversion, Doubt, Lock, Override, Piece
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
        variants: Mapping[str, str] | None = None,
    ) -> None:
        """Make a converter that loads nothing yet.

        `config` names an OpenCC configuration; empty: characters stay as they are. `overrides` and `vocabulary` are
        phrases of the input and what they become, longest first; `variants` are single characters of the output.
        """
        self.config = config
        self._given = {"vocabulary": dict(vocabulary or {}), "phrases": dict(overrides or {})}
        self._variants = str.maketrans(dict(variants or {}))
        self._loaded: tuple[Chain | None, Table] | None = None

    def convert(self, text: str, locks: Sequence[Lock] = ()) -> Conversion:
        """Convert a text; what `locks` span becomes their targets and nothing else.

        Raises ValueError for locks that overlap or lie outside the text, SanwenError for an unknown configuration.
        """
        chain, table = self._load()
        source = chain.normalise(text) if chain else text
        pieces: list[Piece] = []
        place = 0
        for lock in sorted(locks, key=lambda lock: lock.start):
            if not place <= lock.start < lock.end <= len(text):
                raise ValueError(f"{lock} overlaps another or lies outside the text")
            pieces += self._free(source, place, lock.start, chain, table)
            pieces.append(Piece(lock.start, lock.end, lock.target, "lock"))
            place = lock.end
        pieces += self._free(source, place, len(source), chain, table)
        return _joined(text, pieces)

    def _load(self) -> tuple[Chain | None, Table]:
        if self._loaded is None:
            table = Table({**self._given["vocabulary"], **self._given["phrases"]})
            self._loaded = (Chain(self.config) if self.config else None, table)
        return self._loaded

    def _free(self, source: str, start: int, end: int, chain: Chain | None, table: Table) -> Iterator[Piece]:
        """Convert a stretch between locks."""
        text = source[start:end]
        for begin, stop, listed in longest_match(text, table):
            if listed:
                phrase = text[begin:stop]
                origin = "phrases" if phrase in self._given["phrases"] else "vocabulary"
                yield Piece(start + begin, start + stop, table.entries[phrase].translate(self._variants), origin)
            elif chain:
                for first, last, target in chain.pieces(text[begin:stop]):
                    yield Piece(start + begin + first, start + begin + last, target.translate(self._variants))
            else:
                yield Piece(start + begin, start + stop, text[begin:stop].translate(self._variants))


def converter(locale: Locale) -> Converter:
    """The converter from a locale's base to it, with the phrases and the vocabulary of its folders.

    Raises SanwenError for a list that is wrong.
    """
    return Converter(
        locale.opencc,
        lists.layered(locale.data, lists.PHRASES),
        vocabulary=lists.layered(locale.data, lists.VOCABULARY),
        variants=_variants(locale),
    )


def back_converter(locale: Locale) -> Converter:
    """The converter from a locale to its base: its vocabulary undone, then OpenCC's way back.

    Raises SanwenError for a list that is wrong.
    """
    vocabulary = lists.inverse(lists.layered(locale.data, lists.VOCABULARY))
    return Converter(locale.back, vocabulary=vocabulary)


def _variants(locale: Locale) -> dict[str, str]:
    tai = {"臺": "台"} if locale.tai == "台" else {}  # OpenCC's own form for Taiwan is 臺
    return {**tai, **locale.variants}


def _joined(text: str, pieces: Iterable[Piece]) -> Conversion:
    """Pieces in order as one conversion; a piece as long as its target has a span a character, else one for all."""
    out: list[str] = []
    spans: list[tuple[int, int]] = []
    overrides = []
    for piece in pieces:
        out.append(piece.target)
        if len(piece.target) == piece.end - piece.start:
            spans += [(place, place + 1) for place in range(piece.start, piece.end)]
        else:
            spans += [(piece.start, piece.end)] * len(piece.target)
        if piece.origin:
            overrides.append(
                Override(piece.start, piece.end, text[piece.start : piece.end], piece.target, piece.origin)
            )
    return Conversion("".join(out), tuple(spans), (), tuple(overrides))
