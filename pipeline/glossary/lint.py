"""`sanwen glossary check`: every rule over every file, for people and for CI."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator

from pipeline import plugins
from pipeline.glossary.book import Book
from pipeline.glossary.columns import LOCALES
from pipeline.glossary.layer import layer
from pipeline.glossary.problem import Problem
from pipeline.glossary.read import GlossaryFile


def rules() -> tuple[str, ...]:
    """The names of the rules."""
    return tuple(name.replace("_", "-") for name in plugins.names("glossary/rules"))


def check(
    files: Iterable[GlossaryFile],
    *,
    locales: Iterable[str] = LOCALES,
    convert: Callable[[str, str], str] | None = None,
    usage: Iterable[str] | None = None,
) -> list[Problem]:
    """All problems of glossary files and between them, by file, line and rule.

    `convert` takes a zh_CN text and a locale's code; without it the rule `conversion` is silent. `usage` holds the
    articles' texts; without it the rule `unused` is silent.
    """
    read = tuple(files)
    book = Book(read, tuple(locales), convert, None if usage is None else tuple(usage))
    order = {file.path: place for place, file in enumerate(read)}
    found = [*layer(read).problems, *_all(book)]
    return sorted(found, key=lambda p: (order.get(p.file, len(order)), p.line, p.rule, p.column, p.message))


def _all(book: Book) -> Iterator[Problem]:
    for name in plugins.names("glossary/rules"):
        rule: Callable[[Book], Iterator[Problem]] = importlib.import_module(f"pipeline.glossary.rules.{name}").check
        yield from rule(book)
