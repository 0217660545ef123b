"""The bytes of a glossary file as lines of cells. Every line is parsed by itself: a broken one spoils no other."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.glossary.problem import Problem

_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_SAVE = "Save it as CSV UTF-8 (in a spreadsheet: Save as, CSV UTF-8, comma)."


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file: its number from 1 and its cells, or no cells and what is wrong with it."""

    number: int
    cells: tuple[str, ...]
    error: str = ""


def decode(data: bytes, path: str) -> tuple[str, Problem | None]:
    """The text of a file, or an empty text and the problem that names the encoding it seems to have."""
    mark = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    if not mark:
        try:
            return data.decode("utf-8-sig"), None
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            name = _guess(data)
            return "", Problem("encoding", f"the file is not UTF-8 but looks like {name}", _SAVE, path, line)
    return "", Problem("encoding", f"the file is {mark}, not UTF-8", _SAVE, path)


def _guess(data: bytes) -> str:
    """The likely name of a legacy encoding: the one in which the text has most common Chinese characters.

    A wrong guess decodes to rare characters, so the 的 of either script and its like decide between GB and Big5.
    """
    if data.count(0) > len(data) // 4:
        return "UTF-16"
    common = frozenset("的国國中美日和平安全部会會人大政府外交军軍事核条條约約总總统統斯特朗普北南")
    scores = {}
    for codec, name in (("gb18030", "GB18030"), ("big5hkscs", "Big5")):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        wide = sum(character > "\u2e80" for character in text)
        scores[name] = sum(character in common for character in text) / (wide or 1)
    best = max(scores, key=scores.__getitem__, default="")
    return best if best and scores[best] > 0 else "Windows-1252"  # accented Latin: no Chinese in it


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
