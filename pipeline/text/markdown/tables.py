"""Tables. mistletoe's drop empty cells, and take any two lines with a bar and a dash for one."""

from __future__ import annotations

import re
from itertools import pairwise, zip_longest
from typing import Any

from mistletoe import block_token

from pipeline.text.markdown.lines import Lines

_PIPE = re.compile(r"(?<!\\)\|")
_DELIMITER = re.compile(r"[ \t]*:?-+:?[ \t]*")
_BULLET = re.compile(r" *-[ \t\n]")  # or what underlines a heading
_CODE_INDENT = "    "


def cells(text: str) -> list[tuple[int, int]]:
    """Start and end of each cell of a row, without the white space around its text."""
    begin, end = len(text) - len(text.lstrip()), len(text.rstrip())  # no-break spaces too: pasted tables have them
    bars = [begin - 1, *(bar.start() for bar in _PIPE.finditer(text, begin, end)), end]
    spans = [(left + 1, right) for left, right in pairwise(bars)]
    if len(bars) > 2 and bars[1] == begin:
        del spans[0]
    if len(bars) > 2 and bars[-2] == end - 1:
        del spans[-1]
    return [_bare(text, left, right) for left, right in spans]


def _bare(text: str, left: int, right: int) -> tuple[int, int]:
    cell = text[left:right]
    start = left + len(cell) - len(cell.lstrip())
    return start, max(start, left + len(cell.rstrip()))


class Table(block_token.Table):
    """A table: the tokens of mistletoe, rows that have as many cells as the first."""

    def __init__(self, result: tuple[list[str], int]) -> None:
        (head, delimiter, *rows), line = result
        self.column_align = [self.parse_align(delimiter[slice(*cell)]) for cell in cells(delimiter)]
        self.header = TableRow(head, self.column_align, line)
        self.children = [TableRow(row, self.column_align, line + place) for place, row in enumerate(rows, 2)]

    @classmethod
    def check_interrupts_paragraph(cls, lines: Lines) -> bool:
        """Whether the next two lines begin one."""
        head, delimiter = lines.next(), lines.at(lines.index + 2)
        if head is None or delimiter is None or head.lazy or delimiter.lazy or "|" not in head.text:
            return False
        if delimiter.text.startswith(_CODE_INDENT) or _BULLET.match(delimiter.text):
            return False
        columns = cells(delimiter.text)
        return len(columns) == len(cells(head.text)) and all(
            _DELIMITER.fullmatch(delimiter.text, *column) for column in columns
        )

    @classmethod
    def read(cls, lines: Lines, check_only: bool = False) -> Any:  # noqa: ARG003 (mistletoe's signature)
        """Its lines and the number of the first, from 1; None where it is none."""
        if not cls.check_interrupts_paragraph(lines):
            return None
        number = lines.index + 2
        found = [next(lines), next(lines)]
        while (line := lines.next()) is not None and not line.blank and not line.lazy:
            others = (each for each in lines.interrupting if each is not cls)
            if line.text.startswith(_CODE_INDENT) or any(each.start(line.text) for each in others):
                break
            found.append(next(lines))
        return found, number


class TableRow(block_token.TableRow):
    """A row; `line` is its text. Cells that are too many belong to no column."""

    def __init__(self, line: str, row_align: list[int | None], line_number: int) -> None:
        self.line = line
        self.row_align = row_align
        self.line_number = line_number
        self.spans = cells(line)[: len(row_align)]
        texts = [line[start:end].replace("\\|", "|") for start, end in self.spans]
        self.children = [TableCell(text, align, line_number) for text, align in zip_longest(texts, row_align)]


class TableCell(block_token.TableCell):
    """A cell."""

    def __init__(self, content: str | None, align: int | None, line_number: int) -> None:
        self.content = content or ""
        self.align = align
        self.line_number = line_number
        self.children = ()
