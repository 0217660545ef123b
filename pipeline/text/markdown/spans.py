"""Inline tokens of a block's text, with their places.

mistletoe looks for each sort of token by itself and then sorts out what crosses, which departs from CommonMark where
markup stands in code, tags or addresses, and takes quadratic time. Here one pass from left to right finds all, as
CommonMark says; the tokens, and the ParseToken that tells where they stand, are mistletoe's.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from mistletoe import span_token
from mistletoe.core_tokens import MatchObj
from mistletoe.span_tokenizer import ParseToken

from pipeline.text.markdown import tokens
from pipeline.text.markdown.emphasis import Run, pairs, run
from pipeline.text.markdown.entities import ENTITY, known
from pipeline.text.markdown.lines import Definitions
from pipeline.text.markdown.links import target

_SPECIAL = re.compile(r"[\\`*_~\[\]!<&\n]")
_RUN = re.compile(r"\*+|_+|~+")
_TICKS = re.compile(r"`+")
_PAIRED = {"*": span_token.Emphasis, "**": span_token.Strong, "~~": span_token.Strikethrough}


def spans(text: str, definitions: Definitions) -> list[ParseToken]:
    """The tokens of a block's `content`, in order of where they start, outer before inner.

    Each has `start` and `end`, offsets in the text, and `cls`, a token class; where `cls.parse_inner` is true, others
    stand between `parse_start` and `parse_end`. `cls(match)` makes the token. No two of them cross.
    """
    return sorted(_Scanner(text, definitions).scanned(), key=lambda token: (token.start, -token.end))


@dataclass(slots=True)
class _Bracket:
    """A bracket that may begin a link; `runs` is how many runs of delimiters came before it."""

    start: int
    inner: int
    runs: int


class _Scanner:
    def __init__(self, text: str, definitions: Definitions) -> None:
        self.text = text
        self.definitions = definitions
        self.found: list[ParseToken] = []
        self.runs: list[Run] = []
        self.brackets: list[_Bracket] = []
        self.inactive = 0  # so many of the first brackets stand before a link: no link around it
        self.broken = 0  # where the last line break ended
        self.ticks: dict[int, list[int]] | None = None  # where runs of backticks start, by their length
        self.absent: set[str] = set()  # ends of HTML that do not come any more

    def scanned(self) -> list[ParseToken]:
        # What reads from a sign on, and returns where to go on.
        readers = {
            **dict.fromkeys("*_~", self._delimiters),
            "`": self._code,
            "[": self._open,
            "!": self._open,
            "]": self._close,
            "<": self._angle,
            "&": self._reference,
            "\\": self._escape,
            "\n": self._break,
        }
        place = 0
        while special := _SPECIAL.search(self.text, place):
            place = readers[special[0]](special.start())
        self._pair(0)
        return self.found

    def _reference(self, place: int) -> int:
        found = ENTITY.match(self.text, place)
        return self._token(tokens.Entity, found) if found and known(found[0]) else place + 1

    def _escape(self, place: int) -> int:
        if self.text.startswith("\n", place + 1):
            return self._break(place)
        found = span_token.EscapeSequence.pattern.match(self.text, place)
        return self._token(span_token.EscapeSequence, found) if found else place + 1

    def _break(self, place: int) -> int:
        while place > self.broken and self.text[place - 1] == " ":
            place -= 1
        self.broken = self._token(tokens.LineBreak, tokens.LineBreak.pattern.match(self.text, place))
        return self.broken

    def _token(self, cls: Any, match: Any) -> int:
        self.found.append(ParseToken(match.start(), match.end(), match, self.text, cls, span_token.RawText))
        return int(match.end())

    def _delimiters(self, place: int) -> int:
        end = _RUN.match(self.text, place).end()  # type: ignore[union-attr]  # the caller has seen one
        self.runs.append(run(self.text, place, end))
        return end

    def _pair(self, first: int) -> None:
        """Pair the delimiters from the run number `first` on; they are none any more then."""
        for pair in pairs(self.runs[first:]):
            inner = (pair.start + pair.size, pair.end - pair.size, "")
            match: Any = MatchObj(pair.start, pair.end, inner)
            match.delimiter = pair.sign
            self._token(_PAIRED["*" * pair.size if pair.sign != "~" else "~~"], match)
        del self.runs[first:]

    def _code(self, place: int) -> int:
        if self.ticks is None:
            self.ticks = defaultdict(list)
            for ticks in _TICKS.finditer(self.text):
                self.ticks[len(ticks[0])].append(ticks.start())
        end = _TICKS.match(self.text, place).end()  # type: ignore[union-attr]
        closing = self.ticks[end - place]
        number = bisect_right(closing, end)
        if number == len(closing):
            return end
        last = closing[number]
        fields = (place, end, self.text[place:end]), (end, last, self.text[end:last])
        return self._token(span_token.InlineCode, MatchObj(place, last + end - place, *fields))

    def _open(self, place: int) -> int:
        """A bracket, perhaps of an image; or a reference to a footnote, which is no image after an exclamation mark."""
        image = self.text.startswith("![", place)
        bracket = place + image
        if self.text[bracket] != "[":
            return place + 1
        footnote = tokens.FootnoteReference.pattern.match(self.text, bracket)
        if footnote:
            return self._token(tokens.FootnoteReference, footnote)
        self.brackets.append(_Bracket(place, bracket + 1, len(self.runs)))
        return bracket + 1

    def _close(self, place: int) -> int:
        if not self.brackets:
            return place + 1
        bracket = self.brackets.pop()
        image = bracket.inner - bracket.start == 2
        active = image or len(self.brackets) >= self.inactive
        self.inactive = min(self.inactive, len(self.brackets))
        found = target(self.text, bracket.inner, place, self.definitions) if active else None
        if found is None:
            return place + 1
        self._pair(bracket.runs)
        if not image:
            self.inactive = len(self.brackets)
        fields = (bracket.inner, place, ""), (-1, -1, found.address), (-1, -1, found.title)
        return self._token(tokens.Image if image else tokens.Link, MatchObj(bracket.start, found.end, *fields))

    def _angle(self, place: int) -> int:
        address = tokens.AutoLink.pattern.match(self.text, place)
        if address:
            return self._token(tokens.AutoLink, address)
        end = tokens.end_of_html(self.text, place, self.absent)
        if end is None:
            return place + 1
        return self._token(tokens.HtmlSpan, MatchObj(place, end, (place, end, self.text[place:end])))
