"""Markers: characters around a unit's text that survive the format's writer and say in its output where a unit is.

They are private-use characters of plane 15, which no font and no markup gives a meaning.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.model import Article, State, Unit

_ZERO, _BASE = 0xF0000, 16
_OPEN = "\U000f0010"
_OURS = re.compile("[\U000f0000-\U000f0011]")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")

CLOSING = "\U000f0011"  # the marker after a unit's text
MARKER = re.compile(f"{_OPEN}([\U000f0000-\U000f000f]*)|{CLOSING}")


def printable(text: str) -> str:
    """The text without what HTML forbids: control characters, lone surrogates, noncharacters."""
    return _FORBIDDEN.sub("\ufffd", text)


def marked(article: Article, edition: Sequence[Unit] | None) -> Article:
    """The article with a marked target in every unit: that of `edition`, or, where it has none, the source.

    `edition` holds the same units in the same order; None stands for the source itself.
    """
    parts = list(article.parts)
    number = 0
    for place, part in enumerate(parts):
        if isinstance(part, Unit):
            shown = part.source if edition is None else edition[number].target or part.source
            parts[place] = replace(part, target=wrap(number, shown), state=State.APPROVED)
            number += 1
    return replace(article, parts=tuple(parts))


def wrap(number: int, text: str) -> str:
    """`text` between the markers of the unit `number`."""
    return opening(number) + without(printable(text)) + CLOSING


def opening(number: int) -> str:
    """The marker before the text of the unit `number`."""
    return _OPEN + "".join(chr(_ZERO + int(digit, _BASE)) for digit in f"{number:x}")


def number_of(match: re.Match[str]) -> int | None:
    """The unit whose text begins at a match of MARKER; None where one ends."""
    digits = "".join(f"{ord(char) - _ZERO:x}" for char in match[1] or "")
    return int(digits, _BASE) if digits else None


def numbers(text: str) -> list[int]:
    """The units whose text begins in `text`, in order."""
    return [number for match in MARKER.finditer(text) if (number := number_of(match)) is not None]


def without(text: str) -> str:
    """`text` with the markers taken out."""
    return _OURS.sub("", text)
