"""A Traditional character in a Simplified form, or the reverse. Forbidden forms may be of either script."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.glossary import scripts
from pipeline.glossary.book import Book, problem
from pipeline.glossary.problem import Problem


def check(book: Book) -> Iterator[Problem]:
    """Only characters that one script alone has are told: 后 and 里 are good in both."""
    for term in book.terms():
        for code, forms in term.targets.items():
            if scripts.is_simplified(code):
                wrong, name = scripts.traditional(), "Traditional"
            elif scripts.is_traditional(code):
                wrong, name = scripts.simplified(), "Simplified"
            else:
                continue
            for form in forms:
                found = "".join(dict.fromkeys(character for character in form if character in wrong))
                if found:
                    yield problem(
                        term,
                        "script",
                        f"{form!r} in {code} has {name} characters: {found}",
                        "Write it in the locale's script, or leave the cell empty to have it derived.",
                        code,
                    )
