"""The markup of a block's text as a flat row, as a translator's tags have it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mistletoe.span_tokenizer import ParseToken

from pipeline.text.markdown import tokens
from pipeline.text.markdown.lines import Definitions
from pipeline.text.markdown.spans import spans
from pipeline.text.markdown.tree import inline
from pipeline.text.tags import Role


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of markup, at `start` to `end` of the text: half of a pair, or what stands alone; never `Role.TEXT`."""

    start: int
    end: int
    role: Role
    token: ParseToken

    @property
    def name(self) -> str:
        """The token's sort, by the name of its class: `Strong`, `Link`, `InlineCode` ..."""
        return str(self.token.cls.__name__)


def pieces(text: str, definitions: Definitions) -> list[Piece]:
    """The markup of a block's `content`, from left to right. An image is one piece, whatever is in its description."""
    found: list[Piece] = []
    image_end = 0
    for token in spans(text, definitions):
        if token.start < image_end:
            continue
        if token.cls.parse_inner and token.cls is not tokens.Image:
            found.append(Piece(token.start, token.parse_start, Role.OPEN, token))
            found.append(Piece(token.parse_end, token.end, Role.CLOSE, token))
        else:
            found.append(Piece(token.start, token.end, Role.ALONE, token))
        if token.cls is tokens.Image:
            image_end = token.end
    return sorted(found, key=lambda piece: piece.start)


def plain(text: str, definitions: Definitions) -> str:
    """What a reader sees of a text without its markup; that of an image is its description."""
    return "".join(map(_shown, inline(text, definitions)))


def _shown(token: Any) -> str:
    if token.children is not None:
        return "".join(map(_shown, token.children))
    return "" if isinstance(token, tokens.HtmlSpan | tokens.FootnoteReference) else str(token.content)
