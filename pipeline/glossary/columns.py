"""The columns of a glossary file: their names, their canonical order and the values that they take."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

LOCALES = ("zh_CN", "zh_TW", "zh_HK")
POS = ("noun", "verb", "adjective", "adverb", "name", "phrase")
MATCH = ("exact", "case", "inflect")
STATUS = ("preferred", "admitted", "deprecated", "proposed")
ENFORCED = ("", "preferred", "admitted")  # the statuses of entries that are matched

_HEAD = ("source", "pos", "match")
_TAIL = ("context", "domain", "status", "note")
_LOCALE = re.compile(r"(not_)?([a-z]{2,3}(?:_[A-Z][a-z]{3})?(?:_(?:[A-Z]{2}|\d{3}))?)")


@cache
def locale_of(column: str) -> str:
    """The locale code of a column of forms (`zh_TW`) or of forbidden forms (`not_zh_TW`); empty for other columns."""
    found = _LOCALE.fullmatch(column)
    return found[2] if found and column not in _HEAD + _TAIL else ""


@cache
def is_form(column: str) -> bool:
    """Whether a column has the forms of a locale, and not those forbidden there."""
    return bool(locale_of(column)) and not column.startswith("not_")


def is_known(column: str) -> bool:
    """Whether a glossary file may have this column."""
    code = locale_of(column)
    return column in _HEAD + _TAIL or (bool(code) and ("_" in code or len(code) == 2))


def canonical(locales: Iterable[str] = ()) -> tuple[str, ...]:
    """The columns in their canonical order, with those of `locales` beside the three standard ones."""
    codes = (*LOCALES, *sorted(set(locales) - set(LOCALES)))
    return (*_HEAD, *codes, *(f"not_{code}" for code in codes), *_TAIL)
