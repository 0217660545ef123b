"""An entry that has no form for a locale: neither its own nor one of zh_CN to derive it from."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.glossary.book import BASE, Book, problem
from pipeline.glossary.problem import Problem


def check(book: Book) -> Iterator[Problem]:
    """The locales are those that are asked for. What is in zh_CN is derived for all others."""
    for term in book.terms():
        missing = [code for code in book.locales if not term.targets.get(code)]
        if BASE not in missing and term.targets.get(BASE):
            continue
        if missing:
            yield problem(
                term,
                "missing-locale",
                f"{term.source!r} has no form for {', '.join(missing)}",
                f"Write {BASE}: the others follow from it.",
                missing[0],
            )
