"""Reading the first sheet of a workbook as rows of texts, as any program writes it (ECMA-376, transitional or strict).

A glossary has texts. What a program made of a typed text by itself, a date of 9/11 or a share of 50%, cannot be turned
back without knowing how it was typed, so it is refused with its cell; plain numbers are texts of their digits.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from pipeline.errors import SanwenError
from pipeline.glossary.exchange._sheet_formats import plain_styles
from pipeline.glossary.exchange._xml import local, parse

_LIMIT = 100 * 1024 * 1024  # bytes of a part once unpacked: more is no glossary
_COLUMNS = 1000
_REFERENCE = re.compile(r"([A-Z]{1,3})\d+")
_DAMAGE = (zipfile.BadZipFile, zlib.error, KeyError, ValueError, OSError, NotImplementedError, RuntimeError, EOFError)
_TYPED = "Format the column as text and type the cell again"
_TRUTH = {"1": "TRUE", "0": "FALSE"}


def read(data: bytes, path: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of the first sheet that are not empty, each with its number; cells are as shown, formulas their values.

    Raises:
        SanwenError: the file is no workbook, damaged, a part of it unpacks to too much, or a cell is no text.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            shared = [_joined(item) for item in _optional(package, "xl/sharedStrings.xml", path) if local(item) == "si"]
            plain = plain_styles(_optional(package, "xl/styles.xml", path))
            sheet = parse(_part(package, _first_sheet(package, path), path), path)
    except _DAMAGE as error:
        raise SanwenError("the file is no spreadsheet, or is damaged", file=path, remedy="Save it as .xlsx") from error
    place = 0
    for row in sheet.iter("{*}row"):
        place = int(row.get("r", place + 1)) if row.get("r", "1").isdigit() else place + 1
        cells: list[str] = []
        for cell in row.iter("{*}c"):
            column = _number(cell.get("r", ""), len(cells))
            if column < len(cells) or column > _COLUMNS:
                raise SanwenError("a row has cells out of order", file=path, place=place, remedy="Save it anew")
            cells += [""] * (column - len(cells)) + [_text(cell, shared, plain, path, place)]
        if any(map(str.strip, cells)):
            yield place, cells


def _first_sheet(package: zipfile.ZipFile, path: str) -> str:
    book = parse(_part(package, "xl/workbook.xml", path), path)
    sheet = next(book.iter("{*}sheet"), None)
    said = {} if sheet is None else {str(name): value for name, value in sheet.attrib.items()}
    wanted = next((value for name, value in said.items() if name.endswith("}id")), "")  # r:id, in either namespace
    for relation in parse(_part(package, "xl/_rels/workbook.xml.rels", path), path):
        if wanted and relation.get("Id") == wanted:
            target = str(relation.get("Target", ""))
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    raise SanwenError("the workbook has no sheet", file=path, remedy="Save it anew, with a sheet")


def _joined(item: Any) -> str:
    """The text of a string item: its runs, without the readings of phonetic guides."""
    runs = [child for child in item if local(child) in ("t", "r")]
    texts = (text for run in runs for text in ([run] if local(run) == "t" else run) if local(text) == "t")
    return "".join(text.text or "" for text in texts)


def _text(cell: Any, shared: list[str], plain: frozenset[str] | None, path: str, row: int) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return "".join(_joined(child) for child in cell if local(child) == "is")
    value = next((child.text or "" for child in cell if local(child) == "v"), "")
    if not value or kind == "str":
        return value
    name = cell.get("r", "a cell")
    if kind == "s":
        if not value.isdigit() or int(value) >= len(shared):
            raise SanwenError(f"{name} names a text that is not there", file=path, place=row, remedy="Save it anew")
        return shared[int(value)]
    if kind == "b":
        return _TRUTH.get(value, value)
    if kind == "e":
        remedy = "Mend its formula, or empty the cell"
        raise SanwenError(f"{name} holds an error, {value}", file=path, place=row, remedy=remedy)
    if kind == "d" or (plain is not None and cell.get("s", "0") not in plain):
        said = f"{name} is a date, a time, a share or an amount, not a text ({value})"
        raise SanwenError(said, file=path, place=row, remedy=_TYPED)
    return value


def _number(reference: str, default: int) -> int:
    found = _REFERENCE.fullmatch(reference)
    if not found:
        return default
    number = 0
    for letter in found[1]:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _optional(package: zipfile.ZipFile, name: str, path: str) -> Any:
    """The root of a part that a workbook need not have; nothing where it has none."""
    return parse(_part(package, name, path), path) if name in package.namelist() else ()


def _part(package: zipfile.ZipFile, name: str, path: str) -> bytes:
    """A part of the package, unpacked no further than the limit, whatever its size is said to be."""
    with package.open(name) as part:
        data = part.read(_LIMIT + 1)
    if len(data) > _LIMIT:
        raise SanwenError("the file unpacks to more than a glossary can be", file=path, remedy="Save it anew")
    return data
