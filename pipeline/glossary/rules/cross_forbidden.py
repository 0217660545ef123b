"""A form that contains what another entry forbids: 川普政府 for `Trump administration` where `Trump` forbids 川普.

It is an error where the source term contains the other one, since both promises hold in one sentence. Elsewhere a form
is forbidden for its own term alone (`détente` is not 宽松, `quantitative easing` is): that is told for the record.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.glossary.book import Book, problem
from pipeline.glossary.match import Matcher
from pipeline.glossary.occurrences import plain, spans
from pipeline.glossary.pattern import key
from pipeline.glossary.problem import Problem
from pipeline.model import Severity, Term

_Ban = tuple[Term, str, str]  # an entry, a form that it forbids, the same without what never matters


def check(book: Book) -> Iterator[Problem]:
    """Look in every form for the forbidden forms of all other entries."""
    matcher = Matcher(term for term in book.terms() if term.forbidden)
    bans: dict[str, list[_Ban]] = {}
    for term in book.terms():
        for code, forms in term.forbidden.items():
            bans.setdefault(code, []).extend((term, form, plain(form)) for form in forms)
    for term in book.terms():
        inside = {id(other) for other in matcher.every(term.source)}
        for code, forms in term.targets.items():
            for form in forms:
                bare = plain(form)
                for other, banned, core in bans.get(code, ()):
                    if (
                        core in bare
                        and key(other.source) != key(term.source)
                        and _stands(book, form, other, banned, code)
                    ):
                        yield _told(term, other, form, banned, code, together=id(other) in inside)


def _stands(book: Book, form: str, other: Term, banned: str, code: str) -> bool:
    """Whether the forbidden form stands in the form outside the permitted forms of its own entry."""
    allowed = [span for known in book.forms(other, code) for span in spans(form, known)]
    return any(not any(a <= start and end <= b for a, b in allowed) for start, end in spans(form, banned))


def _told(term: Term, other: Term, form: str, banned: str, code: str, *, together: bool) -> Problem:
    return problem(
        term,
        "cross-forbidden",
        f"{form!r} in {code} contains {banned!r}, forbidden for {other.source!r} ({other.file}:{other.line})",
        "Write it with the form of that entry, or take the ban out there."
        if together
        else "Nothing to do if the two terms are different things.",
        code,
        Severity.ERROR if together else Severity.INFO,
    )
