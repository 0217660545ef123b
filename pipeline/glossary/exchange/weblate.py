"""Weblate glossary (CSV with a header): one locale a file; carries the preferred form, context, note and `proposed`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.errors import SanwenError
from pipeline.glossary import cells as cell
from pipeline.glossary.exchange._common import Imported, imported, only, trouble
from pipeline.glossary.exchange._delimited import rows, table
from pipeline.model import Term

NAME = "weblate"
EXTENSIONS = (".csv",)
LOOKS = re.compile(rb"\A[^\n]*\bsource\b[^\n]*\btarget\b", re.IGNORECASE)
# As docs.weblate.org, CSV files, lists them
_FIELDS = ("location", "source", "target", "id", "fuzzy", "context", "translator_comments", "developer_comments")
_YES = ("true", "1", "yes")


def read(data: bytes, path: str, locale: str = "zh_CN") -> Imported:
    """The entries; rows with one source and context are alternatives. Untranslated rows are problems.

    Raises:
        SanwenError: no UTF-8 text, broken quotes, or a header without `source` and `target`.
    """
    lines = list(rows(data, path))
    header = [name.lower() for name in lines[0][1]] if lines else []
    if not {"source", "target"} <= set(header):
        raise SanwenError(
            "the first row does not name the fields",
            file=path,
            place=1,
            remedy="Export from Weblate as CSV with a header",
        )
    found: dict[tuple[str, str], Term] = {}
    problems = []
    for line, row in lines[1:]:
        field = dict.fromkeys(_FIELDS, "") | dict(zip(header, row, strict=False))
        source, form, context = field["source"], field["target"], field["context"]
        if not source or not form:
            problems.append(trouble(path, line, f"{source or 'a row'!r} has no translation", "Translate or delete it."))
            continue
        old = found.get((source, context))
        forms = (*old.targets[locale], form) if old else (form,)
        found[source, context] = Term(
            source,
            {locale: tuple(dict.fromkeys(forms))},
            context=tuple(filter(None, cell.split(context))),
            status="proposed" if field["fuzzy"].lower() in _YES else "",
            note=field["developer_comments"] or field["translator_comments"],
            file=path,
            line=old.line if old else line,
        )
    return imported(found.values(), problems, path)


def write(terms: Sequence[Term], locales: Sequence[str]) -> bytes:
    """A row for each entry of the one locale; deprecated ones are left out. Raises SanwenError for several locales."""
    locale = only(locales, "Weblate")
    body = [
        ["", t.source, t.targets[locale][0], "", str(t.status == "proposed"), cell.join(t.context), "", t.note]
        for t in terms
        if t.targets.get(locale) and t.status != "deprecated"
    ]
    return table([_FIELDS, *body])
