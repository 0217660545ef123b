"""DeepL's glossaries as text, whatever the delimiter: see developers.deepl.com, Managing glossaries, Entry formats."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.glossary.exchange._common import ENGLISH, Imported, code_of, imported, only, pairs, refuse_empty, trouble
from pipeline.glossary.exchange._delimited import rows, table
from pipeline.model import Term

_WIDTHS = (2, 4, 5)  # source, target; their languages; the relevance that DeepL's generator adds
_LANGUAGES = 4


def read(data: bytes, path: str, locale: str, delimiter: str) -> Imported:
    """Rows of source and target, with or without their languages; two rows for one source are alternatives."""
    forms: dict[tuple[str, str], tuple[int, list[str]]] = {}
    problems = []
    for line, row in rows(data, path, delimiter):
        languages = [code_of(tag) for tag in row[2:4]] if len(row) >= _LANGUAGES else [ENGLISH, locale]
        if len(row) not in _WIDTHS or not row[0] or not row[1]:
            problems.append(trouble(path, line, "the row is not a source and a target", "Two cells, or four."))
        elif languages[0] != ENGLISH:
            problems.append(trouble(path, line, f"the source language is {row[2]}", "Only from English."))
        else:
            bare = len(row) >= _LANGUAGES and row[3].lower() == "zh"  # Chinese of any kind
            code = locale if bare else languages[1]
            known = forms.setdefault((row[0], code), (line, []))[1]
            if row[1] not in known:
                known.append(row[1])
    terms = [Term(s, {code: tuple(found)}, file=path, line=line) for (s, code), (line, found) in forms.items()]
    return imported(terms, problems, path)


def write(terms: Sequence[Term], locales: Sequence[str], delimiter: str) -> bytes:
    """Two columns without a header."""
    locale = only(locales, "DeepL")
    refuse_empty(terms, locales)
    return table(((term.source, form) for term, form in pairs(terms, locale)), delimiter)
