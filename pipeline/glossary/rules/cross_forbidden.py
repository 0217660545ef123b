"""A form that contains what another entry forbids: 川普政府 for `Trump administration` where `Trump` forbids 川普.

It is an error where the source term contains the other one, since both promises hold in one sentence; elsewhere a
forbidden form is forbidden for its own term alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.glossary.book import Book, problem
from pipeline.glossary.match import Matcher
from pipeline.glossary.occurrences import Text
from pipeline.glossary.pattern import key
from pipeline.glossary.problem import Problem


def check(book: Book) -> Iterator[Problem]:
    """Look in every form for the forbidden forms of the terms that its source contains."""
    matcher = Matcher(term for term in book.terms() if term.forbidden)
    for term in book.terms():
        for other in matcher.every(term.source):
            if key(other.source) == key(term.source):
                continue
            for code in term.targets:
                for form in term.targets[code]:
                    text = Text(form)
                    allowed = [span for known in book.forms(other, code) for span in text.find(known)]
                    for banned in other.forbidden.get(code, ()):
                        spans = list(text.find(banned))
                        if any(not any(a <= start and end <= b for a, b in allowed) for start, end in spans):
                            yield problem(
                                term,
                                "cross-forbidden",
                                f"{form!r} in {code} contains {banned!r}, forbidden for {other.source!r}"
                                f" ({other.file}:{other.line})",
                                "Write it with the form of that entry, or take the ban out there.",
                                code,
                            )
