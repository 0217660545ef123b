"""Inline tags: how a unit's source and target write the markup of the article.

A source shows markup as numbered tags: a pair `<a1>text</a1>`, or alone `<x2/>`. A name is 1 to 16 small Latin letters
that say the kind of markup, and a number, unique in the unit; what each stands for is a `model.Mark` of the unit.

Text that merely looks like a tag is written so that it does not: the `<` of a look-alike becomes `&lt;`, and so that
this can be undone, an `&` that begins `&lt;`, `&amp;lt;` and so on gets another `amp;`. All other `<` and `&` stay as
they are ("R&D", "x < y"). `escape` and `unescape` are each other's inverse on all strings.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from pipeline.model import Mark

_NAME = r"[a-z]{1,16}[0-9]{1,6}"
TAG = rf"<(?:/{_NAME}|{_NAME}/?)>"  # any tag, as part of another pattern
_TAG = re.compile(rf"<(?:(?P<close>/)(?P<closed>{_NAME})|(?P<name>{_NAME})(?P<alone>/)?)>")
_LOOKALIKE = re.compile(rf"<(?=/{_NAME}>|{_NAME}/?>)")
_ESCAPED = re.compile(r"&((?:amp;)*lt;)")

# Kinds whose pair only dresses the text: a translator may leave them out (Chinese seldom has italics).
STYLING = frozenset({"b", "i", "u", "s"})


class Role(Enum):
    """What a piece of a source is."""

    TEXT = "text"
    OPEN = "open"
    CLOSE = "close"
    ALONE = "alone"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, or one tag. `text` is unescaped text, or the tag as it was written; `name` is the tag's."""

    role: Role
    text: str
    name: str = ""


def escape(text: str) -> str:
    """Write literal text so that nothing in it reads as a tag."""
    return _LOOKALIKE.sub("&lt;", _ESCAPED.sub(r"&amp;\1", text))


def unescape(text: str) -> str:
    """Undo `escape`."""
    return _ESCAPED.sub(lambda match: "<" if match[1] == "lt;" else "&" + match[1][4:], text)


def split(source: str) -> list[Piece]:
    """Cut a source or target into text and tags, in order. Empty stretches of text are left out."""
    pieces: list[Piece] = []
    last = 0
    for match in _TAG.finditer(source):
        if match.start() > last:
            pieces.append(Piece(Role.TEXT, unescape(source[last : match.start()])))
        role = Role.CLOSE if match["close"] else Role.ALONE if match["alone"] else Role.OPEN
        pieces.append(Piece(role, match[0], match["closed"] or match["name"]))
        last = match.end()
    if last < len(source):
        pieces.append(Piece(Role.TEXT, unescape(source[last:])))
    return pieces


def names(source: str) -> Counter[str]:
    """The tags of a source as they are written ("<a1>", "</a1>", "<x2/>"), and how often each occurs."""
    return Counter(match[0] for match in _TAG.finditer(source))


def strip(source: str) -> str:
    """The text that a reader sees: tags taken out, look-alikes restored."""
    return "".join(piece.text for piece in split(source) if piece.role is Role.TEXT)


def kind(name: str) -> str:
    """The kind of markup that a tag's name says: "a" for "a12"."""
    return name.rstrip("0123456789")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with the tags of a target: its rule (missing, extra or misnested) and the tag as written."""

    rule: str
    tag: str

    def __str__(self) -> str:
        """For a translator to read."""
        return {
            "missing": f"the tag {self.tag} of the source is missing",
            "extra": f"the tag {self.tag} is not in the source, or there too often",
            "misnested": f"the tag {self.tag} closes or opens in the wrong place",
        }[self.rule]


def check(source: str, target: str) -> list[Problem]:
    """Compare the tags of a target with those of its source: what is missing, extra or misnested.

    The order of tags is free, their number is not. An empty list means that `render` makes sound markup of the target.
    """
    wanted, found = names(source), names(target)
    problems = [Problem("missing", tag) for tag in (wanted - found).elements()]
    problems += [Problem("extra", tag) for tag in (found - wanted).elements()]
    return problems + misnested(target)


def misnested(target: str) -> list[Problem]:
    """The tags of a text that open or close out of turn."""
    problems = []
    stack: list[Piece] = []
    for piece in split(target):
        if piece.role is Role.OPEN:
            stack.append(piece)
        elif piece.role is Role.CLOSE:
            if stack and stack[-1].name == piece.name:
                stack.pop()
            else:
                problems.append(Problem("misnested", piece.text))
                stack = [opened for opened in stack if opened.name != piece.name]
    return problems + [Problem("misnested", opened.text) for opened in stack]


def breaks(source: str, target: str) -> list[Problem]:
    """The problems with which a target cannot be written into the article.

    They are those of `check`, except that a pair that only dresses the text may be left out whole.
    """
    problems = check(source, target)
    lost = Counter(problem.tag for problem in problems if problem.rule == "missing")
    return [
        problem
        for problem in problems
        if not (
            problem.rule == "missing"
            and kind(_bare(problem.tag)) in STYLING
            and lost[f"<{_bare(problem.tag)}>"]
            and lost[f"</{_bare(problem.tag)}>"]
        )
    ]


def _bare(tag: str) -> str:
    return tag.strip("</>")


def render(target: str, marks: Sequence[Mark], text: Callable[[str], str]) -> str:
    """Put markup back in place of tags; `text` escapes each stretch of text for the format.

    Tags that are not among `marks` are written as text. Check the target first: this puts in what it says.
    """
    known = {mark.name: mark for mark in marks}
    return "".join(_rendered(split(target), known, text))


def _rendered(pieces: Iterable[Piece], known: dict[str, Mark], text: Callable[[str], str]) -> Iterable[str]:
    for piece in pieces:
        mark = known.get(piece.name)
        if mark is None or piece.role is Role.TEXT:
            yield text(piece.text)
        elif piece.role is Role.CLOSE:
            yield mark.close or ""
        else:
            yield mark.open
