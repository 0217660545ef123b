"""An HTML tokenizer that keeps offsets: the tokens of a page join to the page, however broken it is.

It follows the tokenization of the HTML standard as far as it matters for finding text: quoted attributes, comments,
bogus comments, elements whose content is no markup. It is linear: what cannot be finished reaches to the end of the
page.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

_ATTRIBUTE = r"""(?:[\s/]++|[^\s/>=][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|(?!["'])[^\s>]*+))?+|=)"""
_TAG = re.compile(rf"<(?P<close>/)?(?P<name>[A-Za-z][^\s/>]*+)(?:{_ATTRIBUTE})*+>")
_ATTRIBUTES = re.compile(
    r"""[\s/]*+(?P<name>[^\s/>=][^\s/>=]*+)(?:\s*+=\s*+(?P<value>"[^"]*+"|'[^']*+'|(?!["'])[^\s>]++))?+"""
)
_COMMENT_END = re.compile(r"--!?>")
_RAW = frozenset({"script", "style", "xmp", "iframe", "noembed", "noframes", "title", "textarea"})


class Sort(Enum):
    """What a token is."""

    TEXT = "text"
    OPEN = "open"
    CLOSE = "close"
    OTHER = "other"  # comments, doctype, processing instructions, what is cut off at the end


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of the page; `name` is a tag's, in small letters."""

    sort: Sort
    start: int
    raw: str
    name: str = ""

    @property
    def end(self) -> int:
        """Where the next token begins."""
        return self.start + len(self.raw)


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute's value, decoded, and where it stands in its tag, quotation marks included."""

    value: str
    start: int
    end: int


def tokens(page: str) -> Iterator[Token]:
    """Cut a page into tokens."""
    position = text = 0
    while (position := page.find("<", position)) >= 0:
        token = _markup(page, position)
        if token is None:
            position += 1
            continue
        if position > text:
            yield Token(Sort.TEXT, text, page[text:position])
        yield token
        position = text = token.end
        if token.sort is Sort.OPEN and token.name in _RAW:
            end = _end_of_raw(page, position, token.name)
            if end > position:
                yield Token(Sort.TEXT, position, page[position:end])
            position = text = end
    if text < len(page):
        yield Token(Sort.TEXT, text, page[text:])


def _markup(page: str, start: int) -> Token | None:
    """The tag or comment that begins at a `<`; None where it is text."""
    following = page[start + 1 : start + 3]
    if following[:1].isascii() and (following[:1].isalpha() or (following[:1] == "/" and following[1:].isalpha())):
        match = _TAG.match(page, start)
        if match is None:  # cut off by the end of the page
            return Token(Sort.OTHER, start, page[start:])
        return Token(Sort.CLOSE if match["close"] else Sort.OPEN, start, match[0], match["name"].lower())
    if page.startswith("<!--", start):
        if page.startswith((">", "->"), start + 4):
            return Token(Sort.OTHER, start, page[start : page.index(">", start) + 1])
        match = _COMMENT_END.search(page, start + 4)
        return Token(Sort.OTHER, start, page[start : match.end() if match else len(page)])
    if following[:1] in {"!", "?", "/"} and following != "/":
        end = page.find(">", start)
        return Token(Sort.OTHER, start, page[start : end + 1 if end >= 0 else len(page)])
    return None


def _end_of_raw(page: str, start: int, name: str) -> int:
    match = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(page, start)
    return match.start() if match else len(page)


def attributes(tag: str) -> dict[str, Attribute]:
    """The attributes of an opening tag by name, in small letters; of doubled ones the first."""
    found: dict[str, Attribute] = {}
    begin = re.match(r"<[A-Za-z][^\s/>]*+", tag)
    for match in _ATTRIBUTES.finditer(tag, begin.end() if begin else 0, len(tag) - 1):
        raw = match["value"] or ""
        bare = raw[1:-1] if raw[:1] in {'"', "'"} else raw
        start, end = match.span("value") if raw else (match.end(), match.end())
        found.setdefault(match["name"].lower(), Attribute(html.unescape(bare), start, end))
    return found


def is_self_closed(tag: str) -> bool:
    """Whether a tag ends in `/>`."""
    return tag.endswith("/>")
