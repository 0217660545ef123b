"""One entry twice: the same source term in the same sense, with the same forms."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.glossary.book import Book, problem
from pipeline.glossary.pattern import key
from pipeline.glossary.problem import Problem
from pipeline.model import Severity, Term


def check(book: Book) -> Iterator[Problem]:
    """Compare the entries within each file; layering answers for those of several files."""
    for file in book.files:
        seen: dict[tuple[object, ...], Term] = {}
        for term in file.terms:
            entry = (key(term.source), frozenset(term.context), term.pos, *_says(term))
            first = seen.setdefault(entry, term)
            if first is not term:
                yield problem(
                    term,
                    "duplicate",
                    f"{term.source!r} is there already on line {first.line}, with the same forms",
                    "Delete one of the two rows.",
                    "source",
                    Severity.WARNING,
                )


def _says(term: Term) -> tuple[object, ...]:
    return frozenset(term.targets.items()), frozenset(term.forbidden.items())
