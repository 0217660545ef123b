"""The inline markup of one block of a Markdown text as runs."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.formats._runs import Run, text
from pipeline.formats._units import fold
from pipeline.model import Kind, Unit
from pipeline.text.tags import Role

if TYPE_CHECKING:
    from pipeline.text.markdown.lines import Definitions
    from pipeline.text.markdown.pieces import Piece

_TASK = re.compile(r"\[[ xX]\][ \t]+")
_HTML_TAG = re.compile(r"<(?P<close>/)?(?P<name>[A-Za-z]+)[^>]*?(?P<void>/)?>", re.DOTALL)
_VOID = frozenset({"br", "img", "hr", "wbr", "input"})
_PAIRS = {"Emphasis": "i", "Strong": "b", "Strikethrough": "s", "Link": "a"}
_HTML_KINDS = {"strong": "b", "em": "i", "del": "s", "strike": "s"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block's content, which lacks the markers of the blocks around it, stands in the text."""

    contents: tuple[int, ...]  # where each line begins in the content
    raws: tuple[int, ...]  # and in the text
    lengths: tuple[int, ...]

    def raw(self, position: int) -> int:
        """The offset in the text of an offset in the content."""
        line = max(0, bisect_right(self.contents, position) - 1)
        return self.raws[line] + min(self.lengths[line], max(0, position - self.contents[line]))


def runs(content: str, definitions: Definitions, place: Place, file: str) -> Iterator[Run]:
    """The runs of a block's content; `file` is the whole text, in which it has its place."""
    from pipeline.text.markdown.pieces import pieces  # noqa: PLC0415 (mistletoe is slow to import)

    def raw(start: int, end: int) -> str:
        return file[place.raw(start) : place.raw(end)]

    found = pieces(content, definitions)
    position = 0
    task = _TASK.match(content)
    if task and not (found and found[0].start < task.end()):
        position = task.end()
        yield Run(raw(0, position), "", Role.ALONE)
    for piece in found:
        yield from _plain(raw(position, piece.start), content[position : piece.start])
        position = piece.end
        markup = raw(piece.start, piece.end)
        if piece.name == "Image":
            inside = piece.token.parse_start, piece.token.parse_end
            parts = _image(content[slice(*inside)], definitions, markup, raw(*inside))
            yield Run(markup, "", Role.ALONE, "x", parts=parts)
        elif piece.name == "Link" and piece.role is Role.CLOSE and markup in {"]", "][]"}:
            label = " ".join(content[piece.token.parse_start : piece.start].split())
            yield Run(markup, "", Role.CLOSE, "a", f"][{label}]", hoist=False)
        else:
            yield _run(piece, markup)
    yield from _plain(raw(position, len(content)), content[position:])


def _plain(raw: str, shown: str) -> Iterator[Run]:
    if raw:
        yield text(raw) if raw == shown else Run(raw, shown if len(shown) == 1 else " ")


def _run(piece: Piece, raw: str) -> Run:
    if piece.name in _PAIRS:
        return Run(raw, "", piece.role, _PAIRS[piece.name])
    token = piece.token.cls(piece.token.match)
    if piece.name in {"EscapeSequence", "Entity"}:
        return Run(raw, token.children[0].content)
    if piece.name == "LineBreak":
        return Run(raw, " ") if token.soft else Run(raw, " ", Role.ALONE, "x")
    if piece.name == "HtmlSpan":
        return _html(raw)
    if piece.name == "InlineCode":
        return Run(raw, "Code", Role.ALONE, "code")  # what the segmenter reads in its place
    return Run(raw, "Link" if piece.name == "AutoLink" else "", Role.ALONE, "x")


def _html(raw: str) -> Run:
    if raw.startswith("<!--"):
        return Run(raw, "", Role.ALONE)
    match = _HTML_TAG.fullmatch(raw)
    if match is None or match["void"] or match["name"].lower() in _VOID or len(match["name"]) > 16:
        return Run(raw, "", Role.ALONE, "x")
    name = match["name"].lower()
    return Run(raw, "", Role.CLOSE if match["close"] else Role.OPEN, _HTML_KINDS.get(name, name))


def _image(content: str, definitions: Definitions, raw: str, alt: str) -> tuple[str | Unit, ...]:
    """An image's markup with its description as a unit, where that can change without changing what it refers to."""
    from pipeline.text.markdown.pieces import plain  # noqa: PLC0415 (mistletoe is slow to import)

    source = fold(plain(content, definitions))
    after = raw[2 + len(alt) :]
    if not any(map(str.isalpha, source)) or after in {"]", "][]"} or raw[:2] != "![":
        return ()
    return (raw[:2], Unit(source, alt, Kind.CAPTION), after)
