"""A Markdown text as a tree of mistletoe's tokens, without its front matter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from mistletoe import block_token
from mistletoe.block_tokenizer import make_tokens

from pipeline.text.markdown.containers import List, Note, Quote
from pipeline.text.markdown.leaves import CodeFence, Footnote, Heading, HtmlBlock, Paragraph
from pipeline.text.markdown.lines import Definitions, Lines
from pipeline.text.markdown.tables import Table

_TYPES = (
    block_token.BlockCode,
    Heading,
    Quote,
    CodeFence,
    block_token.ThematicBreak,
    List,
    HtmlBlock,
    Note,
    Table,
    Footnote,
    Paragraph,
)


class Document(block_token.Document):
    """The blocks of a text in `children`, the definitions of its links in `footnotes`.

    Blocks with text (`content`, lines joined by line feeds, without indent) have no inline tokens yet: `spans` finds
    them. `line_number` counts from 1. Blocks more than a hundred deep in others are left out.
    """

    def __init__(self, lines: Sequence[str]) -> None:  # with or without their ends
        self.footnotes: Definitions = {}
        self.line_number = 1
        texts = [line.rstrip("\r\n") + "\n" for line in lines]
        self.children = make_tokens(Lines(texts, _TYPES, self.footnotes).blocks())


def walk(token: Any, around: tuple[Any, ...] = ()) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """Every block below a token, with those that it stands in, outer before inner."""
    rows = [token.header] if hasattr(token, "header") else []
    for child in [*rows, *(token.children or ())]:
        if isinstance(child, block_token.BlockToken):
            yield child, around
            yield from walk(child, (*around, child))
