"""Blocks that hold blocks: quotations, lists and footnotes.

mistletoe reads them from copies of lines. It takes a line after a heading or code in a quotation for part of it, has no
underlined headings in quotations, reads a list twice wherever the sort of marker changes (twice for each level), and
counts lines wrongly in an item that begins with an empty one; so the reading is ours, and only the tokens are its own.
"""

from __future__ import annotations

import re
from typing import Any

from mistletoe import block_token
from mistletoe.block_tokenizer import make_tokens

from pipeline.text.markdown.lines import Line, Lines, View, expanded

_QUOTE = re.compile(r" {0,3}>")
_MARKER = re.compile(r"(?P<indent> {0,3})(?P<leader>[-+*]|[0-9]{1,9}[.)])(?=[ \t\n])")
_NOTE = re.compile(r" {0,3}\[\^(?P<name>[^\]\s]+)\]:[ \t]*")
_NOTE_INDENT = 4
_CODE_INDENT = 4


class Quote(block_token.Quote):
    """A quotation."""

    @staticmethod
    def start(line: str) -> bool:
        """Whether a line begins one."""
        return _QUOTE.match(line) is not None

    @classmethod
    def read(cls, lines: Lines) -> Any:
        """Its blocks."""
        return _QuoteLines(lines, lines.index + 1).blocks()


class _QuoteLines(View):
    def stripped(self, line: Line, index: int) -> Line | None:  # noqa: ARG002 (the first line is like the others)
        marker = _QUOTE.match(line.text)
        if marker is None:
            return None if line.blank else Line(line.text, line.column, lazy=True)
        return _cut(line, marker.end(), " ")


def _cut(line: Line, end: int, space: str = "") -> Line:
    """A line from `end` on, without one `space` if it begins with that."""
    text = expanded(line.text[end:], line.column + end)
    column = line.column + end
    return Line(text[1:], column + 1) if space and text.startswith(space) else Line(text, column)


class List(block_token.List):
    """A list: items with markers of one sort."""

    @classmethod
    def start(cls, line: str) -> bool:
        """Whether a line begins one."""
        return _MARKER.match(line) is not None

    @classmethod
    def check_interrupts_paragraph(cls, lines: Lines) -> bool:
        """Whether the next line is an item. In a paragraph of its own container it must be no year or house number."""
        line = lines.next()
        marker = _MARKER.match(line.text) if line else None
        if line is None or marker is None:
            return False
        leader, rest = marker["leader"], line.text[marker.end() :]
        return line.lazy or (bool(rest.strip(" \t\n")) and (leader in "-+*" or leader[:-1] == "1"))

    @classmethod
    def read(cls, lines: Lines) -> Any:
        """A tuple an item, as mistletoe's ListItem takes it: blocks, indent, width, marker, line number from 1."""
        items: list[tuple[Any, int, int, str, int]] = []
        while True:
            end = lines.index
            while (line := lines.next()) is not None and line.blank:
                lines.index += 1
            marker = None if line is None or line.lazy else _MARKER.match(line.text)
            if line is None or marker is None or (items and _other(marker["leader"], items[0][3], line.text)):
                lines.index = end
                return items
            if items:
                before = lines.at(lines.index)
                items[-1][0].loose |= before is not None and before.blank
            number = lines.index + 1
            item = _item(lines, line, marker)
            items.append((item.blocks(), len(marker["indent"]), item.width, marker["leader"], number + 1))


def _other(leader: str, first: str, text: str) -> bool:
    """Whether a line does not go on a list: other bullets, other signs after the number, a rule of stars."""
    return leader[-1] != first[-1] or bool(block_token.ThematicBreak.start(text))


def _item(lines: Lines, line: Line, marker: re.Match[str]) -> _ItemLines:
    """The lines of the item that begins with `line`."""
    rest = _cut(line, marker.end())
    spaces = len(rest.text) - len(rest.text.lstrip(" "))
    if rest.blank or spaces > _CODE_INDENT:
        spaces = 1
    content = Line(rest.text[spaces:] or "\n", rest.column + spaces)
    return _ItemLines(lines, lines.index + 1, content, marker.end() + spaces)


class _ItemLines(View):
    """The lines of a list item or footnote: indented by `width`, but for the `content` of the first."""

    def __init__(self, parent: Lines, first: int, content: Line, width: int, *, may_begin_empty: bool = False) -> None:
        super().__init__(parent, first)
        self.content = content
        self.width = width
        self.may_begin_empty = may_begin_empty

    def stripped(self, line: Line, index: int) -> Line | None:
        if index == self.first:
            return self.content
        if line.blank:
            ended = index == self.first + 1 and self.content.blank and not self.may_begin_empty
            return None if ended else Line("\n", line.column)
        if line.text.startswith(" " * self.width):
            return Line(line.text[self.width :], line.column + self.width)
        return Line(line.text, line.column, lazy=True)


class Note(block_token.BlockToken):
    """A footnote, which mistletoe does not know: the blocks after `[^name]:`, further lines indented by four."""

    def __init__(self, result: tuple[str, Any]) -> None:
        self.name, blocks = result
        self.children = make_tokens(blocks)

    @classmethod
    def start(cls, line: str) -> bool:
        """Whether a line begins one."""
        return _NOTE.match(line) is not None

    @classmethod
    def check_interrupts_paragraph(cls, lines: Lines) -> bool:
        """Whether the next line begins one."""
        return cls.start(lines.peek() or "")

    @classmethod
    def read(cls, lines: Lines) -> tuple[str, Any] | None:
        """Its name and its blocks."""
        line = lines.next()
        marker = _NOTE.match(line.text) if line else None
        if line is None or marker is None:
            return None
        view = _ItemLines(lines, lines.index + 1, _cut(line, marker.end()), _NOTE_INDENT, may_begin_empty=True)
        return marker["name"], view.blocks()
