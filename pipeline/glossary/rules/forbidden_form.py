"""A form that is wanted and forbidden at once, in one entry and one locale."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.glossary.book import Book, problem
from pipeline.glossary.columns import locale_of
from pipeline.glossary.problem import Problem


def check(book: Book) -> Iterator[Problem]:
    """Forms and forbidden forms are compared as they are verified: without regard to width and punctuation marks."""
    from pipeline.glossary.occurrences import plain  # noqa: PLC0415

    for term in book.terms():
        for code, banned in term.forbidden.items():
            wanted = {plain(form): form for form in book.forms(term, code)}
            for form in banned:
                if plain(form) in wanted:
                    own = "" if term.targets.get(code) else ", derived from zh_CN,"
                    yield problem(
                        term,
                        "forbidden-form",
                        f"{form!r}{own} is both a form of {term.source!r} and forbidden for it in {code}",
                        f"Take it out of {code} or of not_{code}.",
                        f"not_{code}" if locale_of(f"not_{code}") else "",
                    )
