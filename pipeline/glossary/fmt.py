"""`sanwen glossary fmt`: the one way to write a glossary file. Formatting twice changes nothing more."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping

from pipeline.errors import SanwenError
from pipeline.glossary import cells as cell
from pipeline.glossary import columns
from pipeline.glossary.read import GlossaryFile, Row
from pipeline.model import Severity, Term


def fmt(file: GlossaryFile) -> bytes:
    """The file's bytes in canonical form: columns in order, rows sorted, spaces single, text in NFC.

    All standard columns are written, and those of further locales that the file has.

    Raises:
        SanwenError: a row is malformed; formatting would lose it.
    """
    for problem in file.problems:
        if problem.severity is Severity.ERROR:
            raise SanwenError(problem.message, file=file.path, place=problem.line or None, remedy=problem.hint)
    names = columns.canonical(filter(None, map(columns.locale_of, file.columns)))
    return _write(names, [_clean(row) for row in file.rows])


def write(terms: Iterable[Term]) -> bytes:
    """The terms as the bytes of a glossary file in canonical form.

    Raises:
        SanwenError: a term cannot stand in a glossary file (a vertical bar in a form).
    """
    every = list(terms)
    names = columns.canonical(code for term in every for code in (*term.targets, *term.forbidden))
    return _write(names, rows(every))


def rows(terms: Iterable[Term]) -> list[dict[str, str]]:
    """The cells of the terms by column, in canonical form and order, not escaped. Raises SanwenError as `write`."""
    return sorted((_clean(Row(0, _cells(term))) for term in terms), key=_order)


def _cells(term: Term) -> dict[str, str]:
    lists = dict(term.targets)
    lists |= {f"not_{code}": forms for code, forms in term.forbidden.items()}
    lists["context"] = term.context
    for name, forms in [("source", (term.source,)), *lists.items()]:
        bad = next((form for form in forms if "|" in form), None)
        if bad is not None:
            place = f"{term.source}, {name}"
            raise SanwenError(f"{bad!r} holds a vertical bar, which separates alternatives", place=place)
    plain = {"source": term.source, "pos": term.pos, "match": term.match, "domain": term.domain}
    plain |= {"status": term.status, "note": term.note}
    return plain | {name: cell.join(forms) for name, forms in lists.items()}


def _clean(row: Row) -> dict[str, str]:
    cleaned = {}
    for name, text in row.cells.items():
        one = " ".join(unicodedata.normalize("NFC", text).split())
        is_list = name == "context" or columns.locale_of(name)
        cleaned[name] = cell.join(dict.fromkeys(filter(None, cell.split(one)))) if is_list else one
    if cleaned.get("status") == "preferred":
        cleaned["status"] = ""  # what is the rule is not said
    return cleaned


def _write(names: tuple[str, ...], rows: list[dict[str, str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    for row in sorted(rows, key=_order):
        writer.writerow([cell.escape(row.get(name, "")) for name in names])
    return out.getvalue().encode()


def _order(row: Mapping[str, str]) -> tuple[object, ...]:
    """By source, then context, without regard to case and accents; the rest only so that the order is one."""
    keys = [_key(row.get(name, "")) for name in ("source", "context")]
    return (*keys, row["source"], sorted((name, text) for name, text in row.items() if text))


def _key(text: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"[^\w\s]", "", bare.casefold())
