"""A Traditional form that differs from the conversion of zh_CN only as conversions err: 軍事幹涉 beside 军事干涉.

The two are character for character the same word, written with different Traditional characters of one Simplified
character. One of them is wrong: mostly the cell, pasted from a poorer converter.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.glossary import scripts
from pipeline.glossary.book import BASE, Book, problem
from pipeline.glossary.problem import Problem
from pipeline.model import Severity


def check(book: Book) -> Iterator[Problem]:
    """Compare every own Traditional form with what the given converter makes of each zh_CN form."""
    if book.convert is None:
        return
    for term in book.terms():
        for code, forms in term.targets.items():
            if code == BASE or not scripts.is_traditional(code):
                continue
            derived = [book.convert(form, code) for form in term.targets.get(BASE, ())]
            for form in forms:
                other = next((known for known in derived if _errs(form, known)), "")
                if other and form not in derived:
                    pairs = ", ".join(f"{a} for {b}" for a, b in zip(form, other, strict=True) if a != b)
                    yield problem(
                        term,
                        "conversion",
                        f"{form!r} in {code} differs from the conversion {other!r} only in {pairs}",
                        f"If {other!r} is right leave the cell empty; if not, add it to the locale's phrases.",
                        code,
                        Severity.WARNING,
                    )


def _errs(form: str, derived: str) -> bool:
    """Whether two words are different, and one in Simplified characters."""
    if form == derived or len(form) != len(derived):
        return False
    return all(scripts.are_variants(a, b) for a, b in zip(form, derived, strict=True))
