"""Two entries that differ only in letter case, with different forms, where a text can mean either."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.glossary.book import Book, problem
from pipeline.glossary.columns import ENFORCED
from pipeline.glossary.pattern import key, mode
from pipeline.glossary.problem import Problem
from pipeline.model import Severity, Term


def check(book: Book) -> Iterator[Problem]:
    """`polish` and `Polish`: at the beginning of a sentence the text says `Polish` for both."""
    for file in book.files:
        seen: dict[tuple[str, ...], list[Term]] = {}
        for term in file.terms:
            if term.status not in ENFORCED:
                continue
            words = key(term.source)
            rivals = seen.setdefault(tuple(word.lower() for word in words), [])
            for other in rivals:
                if key(other.source) != words and _clash(term, other):
                    yield problem(
                        term,
                        "case-conflict",
                        f"{term.source!r} and {other.source!r} (line {other.line}) differ only in letter case",
                        "Give the one in small letters `match` exact, or both of them context words.",
                        "source",
                        Severity.WARNING,
                    )
                    break
            rivals.append(term)


def _clash(one: Term, other: Term) -> bool:
    loose = bool({"inflect", "loose"} & {mode(one), mode(other)})
    told = one.context and other.context
    return loose and not told and one.targets != other.targets
