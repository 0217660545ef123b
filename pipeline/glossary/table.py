"""The bytes of a glossary file as lines of cells. Every line is parsed by itself: a broken one spoils no other."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.glossary.problem import Problem
from pipeline.text import encoding

_SAVE = "Save it as CSV UTF-8 (in a spreadsheet: Save as, CSV UTF-8, comma)."


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file: its number from 1 and its cells, or no cells and what is wrong with it."""

    number: int
    cells: tuple[str, ...]
    error: str = ""


def decode(data: bytes, path: str) -> tuple[str, Problem | None]:
    """The text of a file, or an empty text and the problem that names the encoding it seems to have."""
    wrong = encoding.problem(data) if data else None
    if wrong is None:
        return data.decode("utf-8-sig"), None
    return "", Problem("encoding", wrong.message, _SAVE, path, wrong.line or 0)


def lines(text: str) -> Iterator[Line]:
    """The lines of a CSV text; a last line end makes no line of its own."""
    physical = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if physical[-1] == "":
        physical.pop()
    for number, line in enumerate(physical, 1):
        try:
            cells = next(csv.reader([line], strict=True), [])
        except csv.Error as error:
            yield Line(number, (), _reason(line, str(error)))
        else:
            yield Line(number, tuple(cells))


def _reason(line: str, error: str) -> str:
    if "unexpected end" in error:
        return "a double quote is never closed on its line"
    if "expected after" in error:
        return "text follows a closing double quote"
    if "field larger" in error:
        return f"a cell is far too long ({len(line)} characters)"
    return f"the line is not CSV ({error})"
