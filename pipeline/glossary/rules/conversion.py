"""A Traditional form with an error of conversion: 軍事幹涉 where 军事干涉 converts to 軍事干涉.

It is character for character the converted word but for characters that a converter without a sense for words puts
(幹 for every 干): pasted from a poorer converter, or else our own converter errs and wants a phrase. Where the cell has
another character than such a converter's (計畫 for 计划), a person chose it, and the rule is silent.
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
            derived = [(known, book.convert(known, code)) for known in term.targets.get(BASE, ())]
            for form in forms:
                other = next((made for known, made in derived if _errs(form, known, made)), "")
                if other and form not in {made for _, made in derived}:
                    pairs = ", ".join(f"{a} for {b}" for a, b in zip(form, other, strict=True) if a != b)
                    yield problem(
                        term,
                        "conversion",
                        f"{form!r} in {code} differs from the conversion {other!r} only in {pairs}",
                        f"If {other!r} is right leave the cell empty; if not, add it to the locale's phrases.",
                        code,
                        Severity.WARNING,
                    )


def _errs(form: str, base: str, derived: str) -> bool:
    """Whether a form is the derived one but for what naive conversion of the zh_CN form puts."""
    if form == derived or not len(form) == len(base) == len(derived):
        return False
    places = zip(form, base, derived, strict=True)
    return all(a == c or (a in scripts.naive(b) and scripts.are_variants(a, c)) for a, b, c in places)
