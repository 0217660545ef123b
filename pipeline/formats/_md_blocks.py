"""The blocks of a Markdown text as runs, and the layout between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from pipeline.errors import SanwenError
from pipeline.formats._md_runs import Place, runs
from pipeline.formats._runs import Block, Item
from pipeline.model import Kind

_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|$)")
_CONTAINERS = {"Quote": Kind.QUOTE, "ListItem": Kind.ITEM, "Note": Kind.NOTE}
_LEVELS = {"Heading", "SetextHeading"}
_LONGEST = 1_000_000  # characters of a line: a parser that backtracks is no longer quick on more


def items(content: str, path: str, first_line: int = 1) -> Iterator[Item]:
    """Cut a Markdown text into blocks and layout that join to it.

    Raises:
        SanwenError: a line is longer than a million characters, or a block cannot be found again in the text.
    """
    lines = [match for match in _LINE.finditer(content) if match[0]]
    for number, line in enumerate(lines, first_line):
        if line.end() - line.start() > _LONGEST:
            raise SanwenError(
                f"this line has more than {_LONGEST:,} characters",
                file=path,
                place=number,
                remedy="Break it into paragraphs",
            )
    done = 0
    try:
        for start, end, block in _Reader(content, [line.start() for line in lines]).blocks():
            yield content[done:start]
            yield block
            done = end
    except _LostError as error:
        raise SanwenError(
            "the text of this block cannot be found again in the file", file=path, place=first_line + error.line
        ) from error
    yield content[done:]


class _LostError(Exception):
    def __init__(self, line: int) -> None:
        self.line = line
        super().__init__(line)


class _Reader:
    def __init__(self, content: str, starts: Sequence[int]) -> None:
        from pipeline.text.markdown.document import Document  # noqa: PLC0415 (mistletoe is slow to import)

        self.content = content
        self.starts = [*starts, len(content)]
        self.document = Document([self._line(number)[0] for number in range(len(starts))])

    def blocks(self) -> Iterator[tuple[int, int, Block]]:
        """Every block that holds text, with its start and end, in order."""
        from pipeline.text.markdown.document import walk  # noqa: PLC0415

        for token, around in walk(self.document):
            name = type(token).__name__
            if name == "TableRow":
                yield from self._cells(token)
            elif name in _LEVELS and token.content.strip():
                yield self._block(token, Kind.HEADING, token.level)
            elif name == "Paragraph" and token.content.strip():
                kinds = [_CONTAINERS[type(each).__name__] for each in around if type(each).__name__ in _CONTAINERS]
                yield self._block(token, kinds[-1] if kinds else Kind.SENTENCE, 0)

    def _line(self, number: int) -> tuple[str, int]:
        """A line without its end, and where it begins."""
        start = self.starts[number]
        return self.content[start : self.starts[number + 1]].rstrip("\r\n"), start

    def _block(self, token: Any, kind: Kind, level: int) -> tuple[int, int, Block]:
        content = token.content.strip()  # no-break spaces too, even where they take a line
        line = token.line_number - 1 + token.content[: token.content.index(content)].count("\n")
        place = self._locate(content, line, heading=type(token).__name__ == "Heading")
        found = tuple(runs(content, self.document.footnotes, place, self.content))
        start, end = place.raw(0), place.raw(len(content))
        # A rubric or tail line does not stand in a quotation or a note.
        return start, end, Block(found, kind, level, edges=True)

    def _locate(self, content: str, number: int, *, heading: bool) -> Place:
        contents, raws, lengths = [], [], []
        position = 0
        for offset, line in enumerate(content.split("\n")):
            bare = line.strip(" \t")
            raw, start = self._line(number + offset)
            column = _find_heading(raw, bare) if heading else _find_end(raw, bare)
            if column < 0:
                raise _LostError(number + offset)
            contents.append(position)
            raws.append(start + column)
            lengths.append(len(bare))
            position += len(line) + 1
        return Place(tuple(contents), tuple(raws), tuple(lengths))

    def _cells(self, row: Any) -> Iterator[tuple[int, int, Block]]:
        raw, start = self._line(row.line_number - 1)
        bare = row.line.strip()
        column = _find_end(raw, bare)
        if column < 0:
            raise _LostError(row.line_number - 1)
        begin = start + column - row.line.index(bare)
        for left, right in row.spans:
            if left < right:
                place = Place((0,), (begin + left,), (right - left,))
                found = tuple(runs(row.line[left:right], self.document.footnotes, place, self.content))
                yield begin + left, begin + right, Block(found, Kind.CELL, edges=True)


def _find_end(raw: str, bare: str) -> int:
    """Where a line's content begins: it reaches to the end of the line, but for white space."""
    column = raw.rfind(bare)
    return column if column >= 0 and not raw[column + len(bare) :].strip() else -1


def _find_heading(raw: str, bare: str) -> int:
    """Where a heading's content begins: nothing but closing marks may follow it."""
    column = raw.find(bare, raw.find("#") + 1 if "#" in raw else 0)
    while column >= 0 and not re.fullmatch(r"[ \t]*(?:[ \t]#+)?\s*", raw[column + len(bare) :]):
        column = raw.find(bare, column + 1)
    return column
