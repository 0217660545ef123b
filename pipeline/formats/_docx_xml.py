"""WordprocessingML as a flat list of tags and text with nothing lost, and the few strings that writing it takes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_TOKEN = re.compile(r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*+>|[^<]+", re.DOTALL)
_NAME = re.compile(r"</?([^\s/>]+)")
_NAMESPACE = re.compile(
    r"xmlns(?::(?P<prefix>[\w.-]+))?\s*=\s*[\"'](?:http://schemas\.openxmlformats\.org/wordprocessingml/2006/main"
    r"|http://purl\.oclc\.org/ooxml/wordprocessingml/main)[\"']"
)
_ENTITY = re.compile(r"&(?:#(?P<number>\d{1,7})|#x(?P<hex>[0-9A-Fa-f]{1,6})|(?P<name>amp|lt|gt|quot|apos));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


@dataclass(frozen=True, slots=True)
class Tag:
    """A token of XML. `name` has no prefix where the prefix is Word's, is prefixed else, and empty for text."""

    raw: str
    name: str = ""
    opens: bool = False
    closes: bool = False

    @property
    def alone(self) -> bool:
        """Whether the element is empty and this all of it."""
        return self.opens and self.closes


class Dialect:
    """How a member writes Word's elements: the prefix is `w:` nearly always, but need not be."""

    def __init__(self, xml: str) -> None:
        match = _NAMESPACE.search(xml)
        self.prefix = f"{match['prefix']}:" if match and match["prefix"] else "" if match else "w:"
        self.close = f"</{self.prefix}t></{self.prefix}r>"

    def reopen(self, properties: str) -> str:
        """The beginning of a run of text with these properties."""
        return f'<{self.prefix}r>{properties}<{self.prefix}t xml:space="preserve">'

    def tokens(self, xml: str) -> list[Tag]:
        """Cut a well-formed member into tokens that join to it."""
        return [self._tag(raw) for raw in _TOKEN.findall(xml)]

    def _tag(self, raw: str) -> Tag:
        if not raw.startswith("<") or raw.startswith(("<!", "<?")):
            return Tag(raw)
        match = _NAME.match(raw)
        name = match[1] if match else ""
        name = name[len(self.prefix) :] if name.startswith(self.prefix) else f":{name}"
        return Tag(raw, name, opens=raw[1] != "/", closes=raw[1] == "/" or raw.endswith("/>"))

    def attribute(self, tag: str, name: str) -> str:
        """The value of one of Word's attributes of a tag; empty where it has none."""
        match = re.search(rf"\s{re.escape(self.prefix)}{name}\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", tag)
        return unescape(match[1] if match[1] is not None else match[2]) if match else ""


def subtree(tags: Sequence[Tag], start: int) -> int:
    """The index after the end of the element that begins at `start`."""
    depth = 0
    for index in range(start, len(tags)):
        depth += tags[index].opens - tags[index].closes
        if depth == 0:
            return index + 1
    return len(tags)


def join(tags: Sequence[Tag]) -> str:
    """The text of some tokens."""
    return "".join(tag.raw for tag in tags)


def pieces(raw: str) -> Iterator[tuple[str, str]]:
    """Cut a text node into stretches as they are in the file and as they read."""
    if raw.startswith("<![CDATA["):
        yield raw, raw[9:-3]
        return
    last = 0
    for match in _ENTITY.finditer(raw):
        if match.start() > last:
            yield raw[last : match.start()], raw[last : match.start()]
        yield match[0], _decoded(match)
        last = match.end()
    if last < len(raw):
        yield raw[last:], raw[last:]


def _decoded(match: re.Match[str]) -> str:
    if match["name"]:
        return _NAMED[match["name"]]
    return chr(int(match["number"]) if match["number"] else int(match["hex"], 16))


def unescape(raw: str) -> str:
    """The text of an attribute or text node."""
    return "".join(shown for _, shown in pieces(raw))


def escape(text: str) -> str:
    """Text for a text node; what XML cannot hold is left out."""
    bare = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text)
    return bare.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
