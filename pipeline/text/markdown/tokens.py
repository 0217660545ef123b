"""Inline tokens that mistletoe lacks, or whose pattern or making is not to be had from it as it is."""

from __future__ import annotations

import re
from typing import Any

from mistletoe import span_token

from pipeline.text.markdown.entities import decoded

_TAG = re.compile(
    r"<(?:/[A-Za-z][A-Za-z0-9-]*\s*|[A-Za-z][A-Za-z0-9-]*"
    r"(?:\s+[A-Za-z_:][A-Za-z0-9_.:-]*(?:\s*=\s*(?:[^\s\"'=<>`]+|'[^']*'|\"[^\"]*\"))?)*\s*/?)>"
)
_EMPTY_COMMENT = re.compile(r"<!--?-?>")
_ENDS = (("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"), ("<!", ">"))
_DECLARATION = re.compile(r"<![A-Za-z]")


class Entity(span_token.SpanToken):
    """A character reference."""

    parse_inner = False
    parse_group = 0

    def __init__(self, match: Any) -> None:
        self.children = (span_token.RawText(decoded(match[0])),)


class FootnoteReference(span_token.SpanToken):
    """A reference to a footnote, `[^name]`."""

    pattern = re.compile(r"\[\^([^\]\s]+)\](?!:)")
    parse_inner = False


class LineBreak(span_token.LineBreak):
    """A line's end, with the spaces around it. In mistletoe it is nothing between two words of an image's text."""

    pattern = re.compile(r"( *\\?)\n[ \t]*")

    def __init__(self, match: Any) -> None:
        self.content = "\n"
        self.soft = match[1] in {"", " "}


class AutoLink(span_token.AutoLink):
    """An address in angle brackets; mistletoe's takes backslashes before it, and line ends in it."""

    pattern = re.compile(
        r"<(([A-Za-z][A-Za-z0-9+.-]{1,31}):[^\x00-\x20<>]*|[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@"
        r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*)>"
    )


class HtmlSpan(span_token.HtmlSpan):
    """A tag or other piece of HTML."""


class Link(span_token.Link):
    """A link; address and title come without escapes already."""

    def __init__(self, match: Any) -> None:
        self.target, self.title = match.group(2), match.group(3)


class Image(span_token.Image):
    """An image."""

    def __init__(self, match: Any) -> None:
        self.src, self.title = match.group(2), match.group(3)


def end_of_html(text: str, place: int, absent: set[str]) -> int | None:
    """Where the HTML ends that begins at a place; None where none does.

    `absent` collects ends that do not come any more, lest each `<?` of many looks for one.
    """
    found = _TAG.match(text, place) or _EMPTY_COMMENT.match(text, place)
    if found:
        return found.end()
    for begin, end in _ENDS:
        if text.startswith(begin, place) and end not in absent and (end != ">" or _DECLARATION.match(text, place)):
            last = text.find(end, place + len(begin))
            if last >= 0:
                return last + len(end)
            absent.add(end)
    return None
