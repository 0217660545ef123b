"""Lines of plain text to paragraphs: which line breaks were made by hand, which by a narrow page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_NARROWEST, _WIDEST = 45, 130  # columns of a page that hard-wrapped text is written for


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its end (`raw`) and without (`text`)."""

    raw: str
    text: str


def lines(content: str) -> list[Line]:
    """Cut a text into lines that join to it."""
    return [Line(raw, raw.rstrip("\r\n")) for raw in _LINE.findall(content)]


def paragraphs(all_lines: Sequence[Line], judge: Callable[[str, str, str], bool | None]) -> Iterator[list[Line]]:
    """Group lines to paragraphs; empty lines are groups of their own.

    Two lines belong together where the page was too narrow for the second's first word to stand in the first line.
    Where any line is long, the text is not wrapped, and each line is a paragraph. Before that, `judge(line, before,
    first)` is asked, of a line, the line above and the first of that paragraph: True, it goes on; False, it begins
    something new.
    """
    width = _width(all_lines)
    group: list[Line] = []
    for line in all_lines:
        if group and not _belongs(line.text, group, width, judge):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _belongs(line: str, group: Sequence[Line], width: int, judge: Callable[[str, str, str], bool | None]) -> bool:
    before = group[-1].text
    blank = line.isspace() or not line, before.isspace() or not before
    if any(blank):
        return all(blank)
    judged = judge(line, before, group[0].text)
    return _goes_on(before, line, width) if judged is None else judged


def _width(all_lines: Sequence[Line]) -> int:
    """The width of the page, 0 where the text is not wrapped: the longest of the lines that have one below them."""
    longest = max((len(line.text.rstrip()) for line in all_lines), default=0)
    if longest > _WIDEST:
        return 0
    above = [len(line.text.rstrip()) for line, below in pairwise(all_lines) if below.text.strip()]
    width = max(above, default=0)
    return width if width >= _NARROWEST else 0


def _goes_on(before: str, line: str, width: int) -> bool:
    if not width:
        return False
    word = line.split(None, 1)[0]
    if len(before.rstrip()) + 1 + len(word) > width:
        return True
    # A ragged wrap: the sentence plainly goes on.
    return word[0].islower() and before.rstrip()[-1] not in ".!?:;" and len(before.rstrip()) * 2 > width
