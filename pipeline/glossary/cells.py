"""The text of one cell: the reversible escape of what a spreadsheet would run, and lists of alternatives.

The escape is the apostrophe that spreadsheets themselves use for "this is text", on the first characters that OWASP's
page "CSV Injection" lists. A cell that already begins with an apostrophe before one of them gets one more, so that
`unescape(escape(x)) == x` for every x.
"""

from __future__ import annotations

from collections.abc import Iterable

SEPARATOR = " | "
_RUN = "=+-@\t\r＝＋－＠"


def escape(cell: str) -> str:
    """Put an apostrophe before a cell that a spreadsheet would run."""
    runs = cell[:1] and cell[0] in _RUN
    shielded = cell[:1] == "'" and len(cell) > 1 and cell[1] in _RUN + "'"
    return f"'{cell}" if runs or shielded else cell


def unescape(cell: str) -> str:
    """Take away the apostrophe that `escape` put there."""
    return cell[1:] if cell[:1] == "'" and len(cell) > 1 and cell[1] in _RUN + "'" else cell


def split(cell: str) -> tuple[str, ...]:
    """The alternatives of a cell, trimmed; empty ones are kept for the reader to complain about."""
    if "|" not in cell:
        return (form,) if (form := cell.strip()) else ()
    return tuple(part.strip() for part in cell.split("|"))


def join(forms: Iterable[str]) -> str:
    """The cell of these alternatives."""
    return SEPARATOR.join(forms)
