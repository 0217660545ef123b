"""OmegaT glossary (tab-separated): source, target, comment. One locale a file; carries all forms and the note."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.errors import SanwenError
from pipeline.glossary.columns import ENFORCED
from pipeline.glossary.exchange._common import Imported, imported, only, trouble
from pipeline.glossary.exchange._delimited import rows, table
from pipeline.model import Term

NAME = "omegat"
EXTENSIONS = (".tsv", ".txt", ".utf8", ".tab")
_MOST = 3


def read(data: bytes, path: str, locale: str = "zh_CN") -> Imported:
    """The entries: lines with one source are alternatives, lines that begin with `#` are comments.

    Raises:
        SanwenError: the file is not UTF-8 text.
    """
    found: dict[str, Term] = {}
    problems = []
    for line, row in rows(data, path, "\t", quoted=False):
        if row[0].startswith("#"):
            continue
        if len(row) not in (2, _MOST) or not row[0] or not row[1]:
            problems.append(trouble(path, line, "the line is not source, tab, target", "Part them by one tab."))
            continue
        old = found.get(row[0])
        forms = (*old.targets[locale], row[1]) if old else (row[1],)
        note = (old.note if old else "") or (row[2] if len(row) == _MOST else "")
        place = old.line if old else line
        found[row[0]] = Term(row[0], {locale: tuple(dict.fromkeys(forms))}, note=note, file=path, line=place)
    return imported(found.values(), problems, path)


def write(terms: Sequence[Term], locales: Sequence[str]) -> bytes:
    """A line for each form of the locale, preferred first. Raises SanwenError for several locales, a tab or a `#`."""
    locale = only(locales, "OmegaT")
    bad = next((term for term in terms if term.source.startswith("#")), None)
    if bad is not None:
        raise SanwenError(f"{bad.source!r} would be a comment in an OmegaT file", remedy="Export without this entry")
    lines = [
        (term.source, form, term.note if number == 0 else "")
        for term in terms
        if term.status in ENFORCED
        for number, form in enumerate(term.targets.get(locale, ()))
    ]
    return table(lines, "\t", quoted=False)
