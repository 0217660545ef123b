"""Two entries that cannot both be obeyed: one source term, one sense, different forms."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.glossary.book import Book, problem
from pipeline.glossary.columns import ENFORCED
from pipeline.glossary.pattern import key
from pipeline.glossary.problem import Problem
from pipeline.model import Term


def check(book: Book) -> Iterator[Problem]:
    """Compare the entries within each file; layering answers for those of several files.

    Another part of speech is another sense. An admitted entry beside a preferred one is no conflict.
    """
    for file in book.files:
        seen: dict[tuple[object, ...], list[Term]] = {}
        for term in file.terms:
            if term.status not in ENFORCED:
                continue
            sense = (key(term.source), frozenset(word.lower() for word in term.context), term.status == "admitted")
            for other in seen.setdefault(sense, []):
                same_part = term.pos == other.pos or not (term.pos and other.pos)
                if same_part and (term.targets, term.forbidden) != (other.targets, other.forbidden):
                    yield problem(
                        term,
                        "conflict",
                        f"{term.source!r} has other forms here than on line {other.line}",
                        "Delete one, join their forms in one row, or tell the senses apart by context words.",
                        "source",
                    )
                    break
            seen[sense].append(term)
