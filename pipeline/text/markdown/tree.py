"""Inline tokens as a tree, as mistletoe's renderers take them."""

from __future__ import annotations

from typing import Any

from mistletoe import span_token

from pipeline.text.markdown.document import Document, walk
from pipeline.text.markdown.lines import Definitions
from pipeline.text.markdown.spans import spans

_NESTING = 100  # tokens within tokens; deeper ones are no article, and shown as text


def whole(document: Document) -> Document:
    """The same document, its blocks with the tokens of their text as children."""
    for block, _ in walk(document):
        if block.children == () and hasattr(block, "content"):
            block.children = inline(block.content, document.footnotes)
    return document


def inline(text: str, definitions: Definitions) -> list[Any]:
    """The tokens of a block's `content`, text between them as RawText."""
    result: list[Any] = []
    around: list[tuple[int, int, list[Any]]] = [(len(text), len(text), result)]  # end of inside, end, children
    place = 0
    for found in spans(text, definitions):
        while found.start >= around[-1][1]:
            place = _closed(text, place, around)
        if found.start < place or len(around) > _NESTING:
            continue
        _add(around[-1][2], text[place : found.start])
        token = found.cls(found.match)
        around[-1][2].append(token)
        place = found.end
        if found.cls.parse_inner:
            place = found.parse_start
            token.children = []
            around.append((found.parse_end, found.end, token.children))
    while around:
        place = _closed(text, place, around)
    return result


def _closed(text: str, place: int, around: list[tuple[int, int, list[Any]]]) -> int:
    """Close the innermost token; return where the text behind it begins."""
    inside, end, children = around.pop()
    _add(children, text[place:inside])
    return end


def _add(children: list[Any], text: str) -> None:
    if text:
        children.append(span_token.RawText(text))
