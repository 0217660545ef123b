"""Several glossary files as one glossary: later files win, and where they change a form this is reported."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from os import PathLike

from pipeline.errors import SanwenError
from pipeline.glossary.pattern import key
from pipeline.glossary.problem import Problem
from pipeline.glossary.read import GlossaryFile, read
from pipeline.model import Severity, Term


@dataclass(frozen=True, slots=True)
class Glossary:
    """The terms that count, the files that they come from, and all that is wrong with or between the files."""

    terms: tuple[Term, ...] = ()
    files: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def layer(files: Iterable[GlossaryFile]) -> Glossary:
    """Lay files over each other: a later file's entries for a source replace all earlier files' entries for it."""
    entries: dict[tuple[str, ...], list[Term]] = {}
    problems: list[Problem] = []
    names: list[str] = []
    for file in files:
        names.append(file.path)
        problems += file.problems
        own: dict[tuple[str, ...], list[Term]] = {}
        for term in file.terms:
            own.setdefault(key(term.source), []).append(term)
        for source, terms in own.items():
            if source in entries and _forms(entries[source]) != _forms(terms):
                problems.append(_conflict(entries[source][0], terms[0]))
            entries[source] = terms
    return Glossary(tuple(term for terms in entries.values() for term in terms), tuple(names), tuple(problems))


def load(paths: Iterable[str | PathLike[str]]) -> Glossary:
    """Read and layer glossary files, for work: the first error in them is raised.

    Raises:
        SanwenError: a file cannot be read or has a malformed row.
    """
    glossary = layer(read(path) for path in paths)
    for problem in glossary.problems:
        if problem.severity is Severity.ERROR:
            place = problem.line or None
            raise SanwenError(problem.message, file=problem.file, place=place, remedy=problem.hint)
    return glossary


def _forms(terms: Iterable[Term]) -> set[tuple[object, ...]]:
    return {
        (
            frozenset(term.targets.items()),
            frozenset(term.forbidden.items()),
            frozenset(term.context),
            term.pos,
            term.match,
        )
        for term in terms
    }


def _conflict(old: Term, new: Term) -> Problem:
    message = f"{new.source!r} replaces the entry of {old.file}:{old.line}"
    hint = "Nothing to do if this file is meant to have its way; else take one of them out."
    return Problem("layered", message, hint, new.file, new.line, severity=Severity.INFO)
