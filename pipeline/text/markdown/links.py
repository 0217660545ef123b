"""Where the link or image ends whose text ends at a bracket, and where it goes.

mistletoe's own functions copy all text that follows, for each link.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from mistletoe.core_tokens import normalize_label

from pipeline.text.markdown.entities import unescape
from pipeline.text.markdown.lines import Definitions

_SPACE = re.compile(r"[ \t\n]*")
_ANGLED = re.compile(r"<(?P<address>(?:[^<>\n\\]|\\.)*)>")
_ADDRESS = re.compile(r"(?:[^\x00-\x20\x7f()\\]|\\[!-/:-@\[-`{-~]|\\)*")
_TITLE = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)", re.DOTALL)
_LABEL = re.compile(r"\[(?P<label>(?:[^\[\]\\]|\\.){0,999})\]", re.DOTALL)
_LONGEST = 999  # characters of a label
_PARENTHESES = 32  # within each other, in an address


class Target(NamedTuple):
    """Where a link's markup ends, and its address and title."""

    end: int
    address: str
    title: str


def target(text: str, start: int, end: int, definitions: Definitions) -> Target | None:
    """What follows a link's text, which stands at `start` to `end`; `end` is the place of its bracket."""
    if text.startswith("(", end + 1):
        found = _inline(text, end + 2)
        if found:
            return found
    label = _LABEL.match(text, end + 1)
    if label and label["label"]:
        return _defined(label["label"], label.end(), definitions)
    if end - start > _LONGEST or not _LABEL.fullmatch(text, start - 1, end + 1):
        return None
    return _defined(text[start:end], label.end() if label else end + 1, definitions)


def _defined(label: str, end: int, definitions: Definitions) -> Target | None:
    found = definitions.get(normalize_label(label))
    return Target(end, *found) if found and label.strip() else None


def _inline(text: str, place: int) -> Target | None:
    place = _SPACE.match(text, place).end()  # type: ignore[union-attr]  # it matches everywhere
    angled = _ANGLED.match(text, place)
    after = angled.end() if angled else _end_of_address(text, place)
    if after is None or (not angled and text.startswith("<", place)):
        return None
    address = angled["address"] if angled else text[place:after]
    end = _SPACE.match(text, after).end()  # type: ignore[union-attr]
    title = _TITLE.match(text, end) if end > after else None
    if title:
        end = _SPACE.match(text, title.end()).end()  # type: ignore[union-attr]
    if not text.startswith(")", end):
        return None
    return Target(end + 1, unescape(address), unescape(title[0][1:-1]) if title else "")


def _end_of_address(text: str, place: int) -> int | None:
    """Where an address without angle brackets ends; None if its parentheses do not pair."""
    depth = 0
    while True:
        place = _ADDRESS.match(text, place).end()  # type: ignore[union-attr]
        sign = text[place : place + 1]
        if sign == "(" and depth < _PARENTHESES:
            depth += 1
        elif sign == ")" and depth:
            depth -= 1
        else:
            return None if depth else place
        place += 1
