"""The rules, in the order they are applied. A locale's `rules` names those that are on; none named: all."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pipeline.text.typography import (
    brackets,
    currency,
    dash,
    ellipsis,
    ends,
    interpunct,
    marks,
    numbers,
    quotes,
    spaces,
    titles,
    width,
)
from pipeline.text.typography.line import Edit, House, Line

Rule = Callable[[Line, House], Iterable[Edit]]

RULES: dict[str, Rule] = {
    "width": width.edits,
    "numbers": numbers.edits,
    "currency": currency.edits,
    "ellipsis": ellipsis.edits,
    "dash": dash.edits,
    "interpunct": interpunct.edits,
    "brackets": brackets.edits,
    "marks": marks.edits,
    "quotes": quotes.edits,
    "titles": titles.edits,
    "spaces": spaces.edits,
    "ends": ends.edits,
}
