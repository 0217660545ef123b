"""Characters that nobody sees: controls, bidirectional controls, zero-width and private-use characters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from pipeline.glossary.book import Book
from pipeline.glossary.problem import Problem

# Unicode's categories: control, format, surrogate, private use, unassigned
_CATEGORIES = ("Cc", "Cf", "Cs", "Co", "Cn")
_ALSO = "\ufffd\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u17b5"  # replacement character, blank letters
_VARIANTS = range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0)  # variation selectors


def check(book: Book) -> Iterator[Problem]:
    """All cells, notes too."""
    for file in book.files:
        for row in file.rows:
            for column, text in row.cells.items():
                found = "".join(dict.fromkeys(character for character in text if _hidden(character)))
                if found:
                    names = ", ".join(map(_name, found))
                    hint = "Delete the cell's text and type it anew."
                    yield Problem("invisible", f"{column} hides {names}", hint, file.path, row.line, column)


def _hidden(character: str) -> bool:
    if character in "\t\n\r":
        return False  # white space has its own rule
    code = ord(character)
    return unicodedata.category(character) in _CATEGORIES or character in _ALSO or any(code in r for r in _VARIANTS)


def _name(character: str) -> str:
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X}" + (f" ({name.lower()})" if name else "")
