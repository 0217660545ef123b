"""An entry that no article has (only with `--usage`)."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.glossary.book import Book, problem
from pipeline.glossary.match import Matcher
from pipeline.glossary.problem import Problem
from pipeline.model import Severity


def check(book: Book) -> Iterator[Problem]:
    """Terms within longer terms count as found."""
    if book.usage is None:
        return
    matcher = Matcher(book.terms())
    used = {id(term) for text in book.usage for term in matcher.every(text)}
    for term in matcher.terms:
        if id(term) not in used:
            yield problem(
                term,
                "unused",
                f"{term.source!r} is in none of the {len(book.usage)} texts",
                "Check its spelling and `match`; keep it if it is still to come.",
                "source",
                Severity.WARNING,
            )
