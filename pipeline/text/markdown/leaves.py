"""Blocks that hold text or code: paragraphs, headings, code, HTML, definitions of links.

Those with text keep it as `content` (its lines without indent, joined by line feeds); inline tokens are looked for once
all definitions of the text are known, and not, as in mistletoe, when the block is made.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

from mistletoe import block_token
from mistletoe.core_tokens import normalize_label

from pipeline.text.markdown.entities import unescape
from pipeline.text.markdown.lines import Line, Lines

_HEADING = re.compile(r" {0,3}(?P<level>#{1,6})(?=[ \t\n])")
_UNDERLINE = re.compile(r" {0,3}(?P<sign>=+|-+)[ \t]*\n")
_CODE_INDENT = "    "
_TAG_START = re.compile(r" {0,3}<")
_HTML_END = {1: re.compile(r"</(?:pre|script|style|textarea)>", re.IGNORECASE)} | {
    kind: re.compile(re.escape(end)) for kind, end in ((2, "-->"), (3, "?>"), (4, ">"), (5, "]]>"))
}
_DEFINITION_LINES = 20  # a definition of a link is no longer


class Heading(block_token.Heading):
    """A heading with signs. mistletoe's pattern takes quadratic time on spaces, and keeps its match in the class."""

    def __init__(self, result: tuple[int, str]) -> None:
        self.level, self.content = result
        self.children = ()

    @classmethod
    def start(cls, line: str) -> bool:
        """Whether a line is one."""
        return _HEADING.match(line) is not None

    @classmethod
    def read(cls, lines: Lines) -> tuple[int, str]:
        """Its level and text."""
        line = next(lines).strip(" \t\n")
        level = len(line) - len(line.lstrip("#"))
        text = line[level:].strip(" \t")
        bare = text.rstrip("#")
        return level, bare.rstrip(" \t") if bare[-1:] in {"", " ", "\t"} else text


class SetextHeading(block_token.SetextHeading):
    """A heading with a line under it."""

    def __init__(self, lines: list[str], level: int) -> None:
        self.level = level
        self.content = _joined(lines)
        self.children = ()


class Paragraph(block_token.Paragraph):
    """A paragraph. To mistletoe, a line of no-break spaces alone begins none, and so nothing."""

    def __init__(self, lines: list[str]) -> None:
        self.content = _joined(lines)
        self.children = ()

    @staticmethod
    def start(line: str) -> bool:
        """Whether a line begins one: any that is not blank."""
        return not Line(line).blank

    @classmethod
    def read(cls, lines: Lines) -> list[str] | SetextHeading:
        """Its lines; the heading, if it is underlined (in quotations too, where mistletoe does not see it)."""
        found = [next(lines)]
        while (line := lines.next()) is not None and not line.blank:
            if not line.text.startswith(_CODE_INDENT):
                underline = None if line.lazy else _UNDERLINE.match(line.text)
                if underline:
                    next(lines)
                    return SetextHeading(found, 1 if underline["sign"][0] == "=" else 2)
                if lines.interrupted():
                    break
            found.append(next(lines))
        return found


def _joined(lines: list[str]) -> str:
    return "\n".join(line.lstrip(" \t").rstrip("\n") for line in lines).rstrip(" \t")


class CodeFence(block_token.CodeFence):
    """Code between fences. In mistletoe, which keeps the fence in the class, code that begins as it does ends it."""

    @classmethod
    def read(cls, lines: Lines) -> tuple[list[str], tuple[int, str, str, str]]:
        """Its lines and its first one: indent, fence, what follows, the first word of that."""
        indent, fence, info, language = cls.pattern.match(next(lines)).groups()  # type: ignore[union-attr]
        end = re.compile(rf" {{0,3}}{fence[0]}{{{len(fence)},}}[ \t]*\n")
        found: list[str] = []
        for line in lines:
            if end.match(line):
                break
            spaces = len(line) - len(line.lstrip(" "))
            found.append(line[min(spaces, len(indent)) :])
        return found, (len(indent), fence, info, language)


class HtmlBlock(block_token.HtmlBlock):
    """HTML as a block of its own.

    mistletoe keeps in the class what ends it, takes a line that a no-break space begins for one, and knows the names of
    some tags in lower case only.
    """

    multiblock = re.compile(block_token.HtmlBlock.multiblock.pattern, re.IGNORECASE)

    @classmethod
    def start(cls, line: str) -> Any:
        """What sort of HTML a line begins: a number from 1 to 7, as CommonMark counts; False for none."""
        return _TAG_START.match(line) is not None and super().start(line)

    @classmethod
    def read(cls, lines: Lines) -> list[str]:
        """Its lines."""
        end = _HTML_END.get(cls.start(lines.peek() or ""))
        found: list[str] = []
        for line in lines:
            if end is None and Line(line).blank:
                lines.backstep()
                break
            found.append(line)
            if end is not None and end.search(line):
                break
        return found


class Footnote(block_token.Footnote):
    """Definitions of links, which mistletoe calls so; it keeps them in a global, and copies all text that follows."""

    @classmethod
    def read(cls, lines: Lines) -> list[str] | None:
        """The labels of the definitions that come; None if there is none."""
        found: list[str] = []
        while (label := cls._definition(lines)) is not None:
            found.append(label)
        return found or None

    @classmethod
    def _definition(cls, lines: Lines) -> str | None:
        first = lines.index
        following = list(islice(_nonblank(lines), _DEFINITION_LINES))
        while following:
            match = cls.match_reference("".join(following), 0)
            if match is None:
                return None
            end, (label, address, title, *_) = match
            count = "".join(following)[:end].count("\n")
            ended = _end_of_paragraph(lines, first, count)
            if ended == count:
                lines.index = first + count
                lines.definitions.setdefault(normalize_label(label), (unescape(address), unescape(title)))
                return str(label)
            following = following[:ended]
        return None


def _nonblank(lines: Lines) -> Any:
    index = lines.index + 1
    while (line := lines.at(index)) is not None and not line.blank and (not line.lazy or index > lines.index + 1):
        yield line.text
        index += 1


def _end_of_paragraph(lines: Lines, first: int, count: int) -> int:
    """How many of `count` lines after line `first` belong to one paragraph."""
    try:
        for offset in range(1, count):
            lines.index = first + offset
            if lines.interrupted():
                return offset
        return count
    finally:
        lines.index = first
