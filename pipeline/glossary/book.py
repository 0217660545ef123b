"""What the rules of `sanwen glossary check` look at: the files as read, and what to hold them against."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipeline.glossary.columns import LOCALES
from pipeline.glossary.problem import Problem
from pipeline.glossary.read import GlossaryFile
from pipeline.model import Severity, Term

BASE = "zh_CN"


@dataclass(frozen=True, slots=True)
class Book:
    """Glossary files in their order.

    `convert` takes a zh_CN form to a locale (text, code); None: what is derived is not known. `usage` holds the texts
    that terms are to be found in; None: nobody asks.
    """

    files: tuple[GlossaryFile, ...]
    locales: tuple[str, ...] = LOCALES
    convert: Callable[[str, str], str] | None = None
    usage: tuple[str, ...] | None = None

    def terms(self) -> Iterator[Term]:
        """The terms of all files, in order."""
        for file in self.files:
            yield from file.terms

    def forms(self, term: Term, locale: str) -> tuple[str, ...]:
        """A term's forms in a locale, its own or derived ones."""
        own = term.targets.get(locale, ())
        if own or self.convert is None:
            return own
        convert = self.convert
        return tuple(convert(form, locale) for form in term.targets.get(BASE, ()))


def problem(  # noqa: PLR0917  as in Problem
    term: Term, rule: str, message: str, hint: str, column: str = "", severity: Severity = Severity.ERROR
) -> Problem:
    """A problem of one entry, at its line."""
    return Problem(rule, message, hint, term.file, term.line, column, severity)
