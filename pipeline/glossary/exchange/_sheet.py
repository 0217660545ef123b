"""The first sheet of a workbook as rows of texts: the part of ECMA-376 that a table of words needs."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from pipeline.errors import SanwenError
from pipeline.glossary.exchange._xml import local, parse

_LIMIT = 100 * 1024 * 1024  # bytes of a part once unpacked: more is no glossary
_REFERENCE = re.compile(r"([A-Z]{1,3})\d+")
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_DAMAGE = (zipfile.BadZipFile, zlib.error, KeyError, ValueError, OSError, NotImplementedError, RuntimeError, EOFError)
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same bytes for the same glossary
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
    '<sheets><sheet name="glossary" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    # cellXfs 1: number format 49 is "text", quotePrefix the typed apostrophe
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf xfId="0"/>'
    '<xf numFmtId="49" quotePrefix="1" applyNumberFormat="1" xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}


def write(rows: Sequence[Sequence[str]]) -> bytes:
    """A workbook of one sheet; every cell is text. Raises SanwenError for characters that XML cannot hold."""
    lines = []
    for number, row in enumerate(rows, 1):
        cells = "".join(_cell(f"{_letters(place)}{number}", text) for place, text in enumerate(row) if text)
        lines.append(f"<row r={quoteattr(str(number))}>{cells}</row>")
    pane = '<pane ySplit="1" topLeftCell="A2" state="frozen"/>'
    view = f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
    sheet = f'<worksheet xmlns="{_MAIN}">{view}<sheetData>{"".join(lines)}</sheetData></worksheet>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in {**_PARTS, "xl/worksheets/sheet1.xml": sheet}.items():
            package.writestr(zipfile.ZipInfo(name, _EPOCH), (_HEAD + text).encode(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _cell(place: str, text: str) -> str:
    if _ILLEGAL.search(text):
        raise SanwenError(f"{text!r} has a character that a spreadsheet cannot hold", remedy="Take it out")
    return f'<c r="{place}" s="1" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def _letters(place: int) -> str:
    """The name of a column: A of 0, Z of 25, AA of 26."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name


def read(data: bytes, path: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of the first sheet that are not empty, each with its number; cells are as shown, formulas their values.

    Raises:
        SanwenError: the file is no workbook, damaged, or a part of it unpacks to too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            shared = _shared(package, path)
            sheet = parse(_part(package, _first_sheet(package, path), path), path)
    except _DAMAGE as error:
        raise SanwenError("the file is no spreadsheet, or is damaged", file=path, remedy="Save it as .xlsx") from error
    place = 0
    for row in sheet.iter(f"{{{_MAIN}}}row"):
        place = int(row.get("r", place + 1)) if row.get("r", "1").isdigit() else place + 1
        cells: list[str] = []
        for cell in row.iter(f"{{{_MAIN}}}c"):
            column = _number(cell.get("r", ""), len(cells))
            if column < len(cells) or column > 1000:
                raise SanwenError("a row has cells out of order", file=path, place=place, remedy="Save it anew")
            cells += [""] * (column - len(cells)) + [_text(cell, shared, path, place)]
        if any(map(str.strip, cells)):
            yield place, cells


def _first_sheet(package: zipfile.ZipFile, path: str) -> str:
    book = parse(_part(package, "xl/workbook.xml", path), path)
    sheet = next(book.iter(f"{{{_MAIN}}}sheet"), None)
    wanted = None if sheet is None else sheet.get(f"{{{_OFFICE}}}id")
    for relation in parse(_part(package, "xl/_rels/workbook.xml.rels", path), path):
        if relation.get("Id") == wanted:
            target = str(relation.get("Target", ""))
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    raise SanwenError("the workbook has no sheet", file=path, remedy="Save it anew, with a sheet")


def _shared(package: zipfile.ZipFile, path: str) -> list[str]:
    name = "xl/sharedStrings.xml"
    if name not in package.namelist():
        return []
    return [_joined(item) for item in parse(_part(package, name, path), path) if local(item) == "si"]


def _joined(item: Any) -> str:
    """The text of a string item: its runs, without the readings of phonetic guides."""
    runs = [child for child in item if local(child) in ("t", "r")]
    texts = (text for run in runs for text in ([run] if local(run) == "t" else run) if local(text) == "t")
    return "".join(text.text or "" for text in texts)


def _text(cell: Any, shared: list[str], path: str, row: int) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return "".join(_joined(child) for child in cell if local(child) == "is")
    value = next((child.text or "" for child in cell if local(child) == "v"), "")
    if kind == "s" and value:
        if not value.isdigit() or int(value) >= len(shared):
            raise SanwenError("a cell names a text that is not there", file=path, place=row, remedy="Save it anew")
        return shared[int(value)]
    return value


def _number(reference: str, default: int) -> int:
    found = _REFERENCE.fullmatch(reference)
    if not found:
        return default
    number = 0
    for letter in found[1]:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _part(package: zipfile.ZipFile, name: str, path: str) -> bytes:
    """A part of the package, unpacked no further than the limit, whatever its size is said to be."""
    with package.open(name) as part:
        data = part.read(_LIMIT + 1)
    if len(data) > _LIMIT:
        raise SanwenError("the file unpacks to more than a glossary can be", file=path, remedy="Save it anew")
    return data
