"""Read a glossary file, strictly: every malformed row is a problem with its line, and nothing is skipped silently."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from os import PathLike, fspath

from pipeline.files import read_bytes
from pipeline.glossary import cells as cell
from pipeline.glossary import columns, table
from pipeline.glossary.problem import Problem
from pipeline.glossary.tokens import surfaces
from pipeline.model import Severity, Term

LONGEST = 200  # characters of a source term: longer is a sentence, or an attack


@dataclass(frozen=True, slots=True)
class Row:
    """One entry as it stands in the file: cells by column, escapes undone, white space kept."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class GlossaryFile:
    """A glossary file as read: its columns, its well-formed rows, the terms of those that are of use, what is wrong."""

    path: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    terms: tuple[Term, ...]
    problems: tuple[Problem, ...]


def read(path: str | PathLike[str]) -> GlossaryFile:
    """Read a glossary file.

    Raises:
        SanwenError: the file cannot be read at all. What is wrong inside it is in `problems`.
    """
    return parse(read_bytes(path), fspath(path))


def parse(data: bytes, path: str = "") -> GlossaryFile:
    """Read the bytes of a glossary file; `path` is what problems and terms call it."""
    text, wrong = table.decode(data, path)
    if wrong:
        return GlossaryFile(path, (), (), (), (wrong,))
    return _of_lines(list(table.lines(text)), path)


def of_rows(rows: Iterable[tuple[int, Sequence[str]]], path: str) -> GlossaryFile:
    """A glossary from rows of cells, the header first, as a spreadsheet has them: no escapes, short rows."""
    found = list(rows)
    width = len(found[0][1]) if found else 0
    lines = [
        table.Line(number, tuple(map(cell.escape, (*cells, *[""] * (width - len(cells)))))) for number, cells in found
    ]
    return _of_lines(lines, path)


def _of_lines(lines: Sequence[table.Line], path: str) -> GlossaryFile:
    if not lines or not (lines[0].error or any(lines[0].cells)):
        hint = f"The first line names the columns: {','.join(columns.canonical())}"
        return GlossaryFile(path, (), (), (), (Problem("header", "the file has no header row", hint, path, 1),))
    header = tuple(cell.unescape(name).strip() for name in lines[0].cells)
    problems = list(_header(header, lines[0].error, path))
    if problems:
        return GlossaryFile(path, header, (), (), tuple(problems))
    rows, terms = [], []
    for line in lines[1:]:
        wrong_row = _shape(line, header, path)
        if wrong_row:
            problems.append(wrong_row)
            continue
        row = Row(line.number, dict(zip(header, map(cell.unescape, line.cells), strict=True)))
        wrong_cells = list(_values(row, path))
        problems += wrong_cells
        if not any(problem.severity is Severity.ERROR for problem in wrong_cells):
            rows.append(row)
            if not wrong_cells:
                terms.append(_term(row, path))
    return GlossaryFile(path, header, tuple(rows), tuple(terms), tuple(problems))


def _header(header: tuple[str, ...], error: str, path: str) -> Iterator[Problem]:
    if error:
        yield Problem("header", f"the header row is broken: {error}", "Quote cells as CSV does.", path, 1)
        return
    if len(header) == 1 and any(mark in header[0] for mark in ";\t"):
        yield Problem("header", "the columns are not separated by commas", "Save it as CSV with commas.", path, 1)
        return
    known = columns.canonical()
    for number, name in enumerate(header, 1):
        if not columns.is_known(name):
            near = difflib.get_close_matches(name, known, 1, 0.5)
            hint = f"Did you mean {near[0]}?" if near else f"Columns are: {', '.join(known)}."
            what = f"unknown column {name!r}" if name else f"column {number} has no name"
            yield Problem("header", what, hint, path, 1, name)
        elif name in header[: number - 1]:
            yield Problem("header", f"the column {name} stands twice", "Delete one of them.", path, 1, name)
    if "source" not in header:
        yield Problem("header", "there is no column named source", "Add it: the English terms.", path, 1, "source")
    if not any(map(columns.is_form, header)):
        yield Problem("header", "there is no column of translations", "Add zh_CN.", path, 1, "zh_CN")


def _shape(line: table.Line, header: tuple[str, ...], path: str) -> Problem | None:
    if line.error:
        hint = "Close the quote, double a quote that is text, and keep every entry on one line."
        return Problem("malformed-row", line.error, hint, path, line.number)
    if not any(map(str.strip, line.cells)):
        return Problem("malformed-row", "the row is empty", "Delete it; `sanwen glossary fmt` does.", path, line.number)
    if len(line.cells) != len(header):
        what = f"the row has {len(line.cells)} cells, the header {len(header)}"
        hint = "Quote cells that hold a comma, and write a comma for every empty cell."
        return Problem("malformed-row", what, hint, path, line.number)
    return None


def _values(row: Row, path: str) -> Iterator[Problem]:
    for column, message, hint in (*_source(row), *_choices(row), *_lists(row)):
        yield Problem("malformed-row", message, hint, path, row.line, column)
    for column, message, hint in _idle(row):
        yield Problem("idle-row", message, hint, path, row.line, column, Severity.WARNING)


_Complaint = tuple[str, str, str]  # column, message, hint


def _source(row: Row) -> Iterator[_Complaint]:
    source = row.cells["source"].strip()
    if not source:
        yield "source", "the entry has no source term", "Write the English term, or delete the row."
    elif len(source) > LONGEST:
        yield "source", f"the source term has {len(source)} characters", f"At most {LONGEST}: is it a sentence?"
    elif "|" in source:
        yield "source", "the source term holds a vertical bar", "One row for each source term."


def _choices(row: Row) -> Iterator[_Complaint]:
    for column, allowed in (("pos", columns.POS), ("match", columns.MATCH), ("status", columns.STATUS)):
        value = row.cells.get(column, "").strip()
        if value and value not in allowed:
            near = difflib.get_close_matches(value.lower(), allowed, 1, 0.4)
            hint = f"Did you mean {near[0]}?" if near else f"One of: {', '.join(allowed)}, or empty."
            yield column, f"unknown {column} {value!r}", hint


def _lists(row: Row) -> Iterator[_Complaint]:
    for column, text in row.cells.items():
        if not text or not (column == "context" or columns.locale_of(column)):
            continue
        forms = cell.split(text)
        if not all(forms):
            yield column, f"an alternative in {column} is empty", "Take the extra vertical bar out."
        if len(set(forms)) < len(forms):
            twice = sorted({form for form in forms if form and forms.count(form) > 1})
            if twice:
                yield column, f"{twice[0]!r} stands twice in {column}", "Keep the first."


def _idle(row: Row) -> Iterator[_Complaint]:
    """What makes an entry idle but breaks nothing: it waits for a translation, or its source is a mark, not a word."""
    source = row.cells["source"].strip()
    if source and not source.isalnum() and not any(word[0].isalnum() for word in surfaces(source)):
        yield "source", f"the source term {source!r} has no word to find", "Write the English term."
    if not any(value.strip() and columns.is_form(name) for name, value in row.cells.items()):
        yield "zh_CN", "the entry has no translation in any locale", "Write zh_CN, or delete the row."


def _term(row: Row, path: str) -> Term:
    targets: dict[str, tuple[str, ...]] = {}
    forbidden: dict[str, tuple[str, ...]] = {}
    text = {name: value.strip() for name, value in row.cells.items() if value}
    for name, value in text.items():
        code = columns.locale_of(name)
        if code and value:
            (targets if columns.is_form(name) else forbidden)[code] = cell.split(value)
    return Term(
        text["source"],
        targets,
        forbidden,
        text.get("pos", ""),
        text.get("match", ""),
        cell.split(text.get("context", "")),
        text.get("domain", ""),
        text.get("status", ""),
        text.get("note", ""),
        path,
        row.line,
    )
