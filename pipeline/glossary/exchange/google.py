"""Google Cloud Translation, equivalent term sets (CSV): a column a locale; carries preferred forms, pos, note."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.errors import SanwenError
from pipeline.glossary import columns
from pipeline.glossary.exchange._common import (
    ENGLISH,
    Imported,
    code_of,
    imported,
    pairs,
    refuse_empty,
    tag_of,
    trouble,
)
from pipeline.glossary.exchange._delimited import rows, table
from pipeline.model import Term

NAME = "google"
EXTENSIONS = (".csv",)
LOOKS = re.compile(rb"\A(?:\xef\xbb\xbf)?\"?[a-z]{2}(?:-[A-Za-z]+)*\"?,\"?[a-z]{2}(?:-[A-Za-z]+)*\"?[,\r\n]")
_POS, _DESCRIPTION = "pos", "description"


def read(data: bytes, path: str, locale: str = "zh_CN") -> Imported:  # noqa: ARG001  every column says its language
    """The entries.

    Raises:
        SanwenError: no UTF-8 text, broken quotes, or a header without English.
    """
    lines = list(rows(data, path))
    header = (
        [cell.lower() if cell.lower() in (_POS, _DESCRIPTION) else code_of(cell) for cell in lines[0][1]]
        if lines
        else []
    )
    if ENGLISH not in header or len(set(header)) != len(header):
        raise SanwenError(
            "the first row does not name each language once, English among them",
            file=path,
            place=1,
            remedy="As: en,zh-CN",
        )
    terms, problems = [], []
    for line, row in lines[1:]:
        cells = dict(zip(header, row, strict=False))
        targets = {c: (t,) for c, t in cells.items() if t and c not in (ENGLISH, _POS, _DESCRIPTION)}
        if len(row) > len(header) or not cells.get(ENGLISH) or not targets:
            hint = "A row has an English cell, another one, and no more than the header."
            problems.append(trouble(path, line, "the row is no entry", hint))
            continue
        pos = cells.get(_POS, "").lower()
        known = pos if pos in columns.POS else ""
        note = cells.get(_DESCRIPTION, "")
        terms.append(Term(cells[ENGLISH], targets, pos=known, note=note, file=path, line=line))
    return imported(terms, problems, path)


def write(terms: Sequence[Term], locales: Sequence[str]) -> bytes:
    """A column for each locale. Raises SanwenError where nothing is to be written."""
    refuse_empty(terms, locales)
    chosen: dict[str, Term] = {}
    for code in locales:
        for term, _ in pairs(terms, code):
            chosen.setdefault(term.source, term)
    body = [
        [term.source, *((term.targets.get(code) or ("",))[0] for code in locales), term.pos, term.note]
        for term in chosen.values()
    ]
    return table([[ENGLISH, *map(tag_of, locales), _POS, _DESCRIPTION], *body])
