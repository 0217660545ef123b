"""Stray white space: around a cell or an alternative, doubled, unusual, or between two Chinese characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from pipeline.glossary.book import Book
from pipeline.glossary.columns import locale_of
from pipeline.glossary.problem import Problem
from pipeline.model import Severity

_HAN = r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_BETWEEN = re.compile(rf"{_HAN}\s+{_HAN}")
_ODD = re.compile(r"[^\S ]")


def check(book: Book) -> Iterator[Problem]:
    """Alternatives are parted by one space, a vertical bar and one space."""
    for file in book.files:
        for row in file.rows:
            for column, text in row.cells.items():
                what = _stray(text, is_form=bool(locale_of(column)))
                if what:
                    hint = "Take it out; `sanwen glossary fmt` does."
                    yield Problem(
                        "white-space",
                        f"{column} has {what}: {text!r}",
                        hint,
                        file.path,
                        row.line,
                        column,
                        Severity.WARNING,
                    )


def _stray(text: str, *, is_form: bool) -> str:
    if text != text.strip():
        return "white space around it"
    odd = _ODD.search(text)
    if odd:
        name = unicodedata.name(odd[0], "a control character").lower()
        return f"U+{ord(odd[0]):04X} ({name})"
    if "  " in text:
        return "two spaces together"
    if is_form and "|" in text and text.replace(" | ", "").count("|"):
        return "no single spaces around a vertical bar"
    if is_form and any(map(_BETWEEN.search, text.split("|"))):
        return "a space between Chinese characters"
    return ""
