"""Spreadsheet (Office Open XML), a sheet with the columns of the glossary file: everything that an entry has.

Cells are texts, whatever they begin with: they have the number format "text" and the mark that stands for a typed
apostrophe, so that no program runs or reformats them, even after editing. A sheet made by opening a glossary's CSV has
its escapes in it; so they are undone in reading, and what only looks like one is escaped in writing.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.glossary import cells, columns
from pipeline.glossary.exchange import _sheet, _sheet_read
from pipeline.glossary.exchange._common import Imported, trouble
from pipeline.glossary.fmt import rows as canonical_rows
from pipeline.glossary.read import of_rows
from pipeline.model import Term

NAME = "xlsx"
EXTENSIONS = (".xlsx",)


def read(data: bytes, path: str, locale: str = "zh_CN") -> Imported:  # noqa: ARG001  the columns name the locales
    """The entries of the first sheet, checked as a glossary file is; `line` is the row.

    Raises:
        SanwenError: the file is no spreadsheet, too large or damaged, or a cell is a date or an error.
    """
    rows = [(number, [cells.unescape(text) for text in row]) for number, row in _sheet_read.read(data, path)]
    if not rows:
        return Imported((), (trouble(path, 1, "the sheet is empty", "The first row names the columns."),))
    file = of_rows(rows, path)
    return Imported(file.terms, file.problems)


def write(terms: Sequence[Term], locales: Sequence[str]) -> bytes:
    """The workbook: entries in canonical order, without the forms of locales that are not asked for."""
    wanted = [code for code in locales if code not in columns.LOCALES]
    names = [name for name in columns.canonical(wanted) if columns.locale_of(name) in ("", *locales)]
    return _sheet.write([names, *([_shielded(row.get(name, "")) for name in names] for row in canonical_rows(terms))])


def _shielded(text: str) -> str:
    """The cell from which `read` gets the text back."""
    return text if cells.unescape(text) == text else cells.escape(text)
