"""Brackets and quotation marks without their partner."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.glossary.book import Book
from pipeline.glossary.problem import Problem

_PAIRS = dict(zip("([{（［｛【〔《〈「『“〖", ")]}）］｝】〕》〉」』”〗", strict=True))
_CLOSING = {closing: opening for opening, closing in _PAIRS.items()}
_FREE = ("note", "domain")  # columns for people


def check(book: Book) -> Iterator[Problem]:
    """Every alternative of every cell is read with a stack; an apostrophe is no quotation mark."""
    for file in book.files:
        for row in file.rows:
            for column, text in row.cells.items():
                if column not in _FREE:
                    wrong = next(filter(None, map(_unmatched, text.split("|"))), "")
                    if wrong:
                        hint = "Add the partner, or take it out."
                        message = f"{wrong} in {text.strip()!r} has no partner"
                        yield Problem("brackets", message, hint, file.path, row.line, column)


def _unmatched(text: str) -> str:
    """The first mark without a partner; straight double quotes are counted."""
    stack: list[str] = []
    for character in text:
        if character in _PAIRS:
            stack.append(character)
        elif character in _CLOSING and (not stack or stack.pop() != _CLOSING[character]):
            return character
    if not stack and text.count('"') % 2:
        return '"'
    return stack[-1] if stack else ""
