"""The blocks of a Markdown text as runs, and the layout between them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from pipeline.errors import SanwenError
from pipeline.formats._md_parser import parser
from pipeline.formats._runs import Block, Item, Run, text
from pipeline.formats._units import fold
from pipeline.model import Kind, Unit
from pipeline.text.tags import Role

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|$)")
_PIPE = re.compile(r"(?<!\\)\|")
_TASK = re.compile(r"\[[ xX]\][ \t]+")
_HTML_TAG = re.compile(r"<(?P<close>/)?(?P<name>[A-Za-z]+)[^>]*?(?P<void>/)?>", re.DOTALL)
_VOID = frozenset({"br", "img", "hr", "wbr", "input"})
_PAIRS = {"em": "i", "strong": "b", "s": "s", "link": "a"}
_STANDING = {"link": "Link", "code_inline": "Code"}  # what the segmenter reads in the place of these
_HTML_KINDS = {"strong": "b", "em": "i", "del": "s", "strike": "s"}
_CONTAINERS = {"blockquote": Kind.QUOTE, "list_item": Kind.ITEM, "footnote": Kind.NOTE}
_LONGEST = 1_000_000  # characters of a line: a parser that backtracks is no longer quick on more


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a block's content, which lacks the markers of the blocks around it, stands in the text."""

    contents: tuple[int, ...]  # where each line begins in the content
    raws: tuple[int, ...]  # and in the text
    lengths: tuple[int, ...]

    def raw(self, position: int) -> int:
        """The offset in the text of an offset in the content."""
        line = max(0, bisect_right(self.contents, position) - 1)
        return self.raws[line] + min(self.lengths[line], max(0, position - self.contents[line]))


def items(content: str, path: str, first_line: int = 1) -> Iterator[Item]:
    """Cut a Markdown text into blocks and layout that join to it.

    Raises:
        SanwenError: a line is longer than a million characters, or a block cannot be found again in the text.
    """
    lines = [match for match in _LINE.finditer(content) if match[0]]
    for number, line in enumerate(lines, first_line):
        if line.end() - line.start() > _LONGEST:
            raise SanwenError(
                f"this line has more than {_LONGEST:,} characters",
                file=path,
                place=number,
                remedy="Break it into paragraphs",
            )
    done = 0
    try:
        for start, end, block in _Reader(content, [line.start() for line in lines]).blocks():
            yield content[done:start]
            yield block
            done = end
    except _LostError as error:
        raise SanwenError(
            "the text of this block cannot be found again in the file", file=path, place=first_line + error.line
        ) from error
    yield content[done:]


class _LostError(Exception):
    def __init__(self, line: int) -> None:
        self.line = line
        super().__init__(line)


class _Reader:
    def __init__(self, content: str, starts: Sequence[int]) -> None:
        self.content = content
        self.starts = [*starts, len(content)]
        self.markdown: MarkdownIt = parser()
        self.environment: dict[str, Any] = {}

    def blocks(self) -> Iterator[tuple[int, int, Block]]:
        """Every block that holds text, with its start and end, in order."""
        containers: list[Kind] = []
        level, row, cell = 0, 0, -1
        for token in self.markdown.parse(self.content, self.environment):
            name = token.type.removesuffix("_open").removesuffix("_close")
            if name in _CONTAINERS:
                if token.nesting > 0:
                    containers.append(_CONTAINERS[name])
                else:
                    containers.pop()
            elif token.type == "heading_open":
                level = int(token.tag[1:])
            elif token.type == "tr_open" and token.map:
                row, cell = token.map[0], -1
            elif token.type in {"th_open", "td_open"}:
                cell += 1
            elif token.type == "table_close":
                cell = -1
            elif token.type == "inline" and cell >= 0:
                yield from self._cell(row, cell)
            elif token.type == "inline" and token.content:
                kind = Kind.HEADING if level else containers[-1] if containers else Kind.SENTENCE
                yield self._block(token, kind, level)
                level = 0

    def _line(self, number: int) -> tuple[str, int]:
        """A line without its end, and where it begins."""
        start = self.starts[number]
        return self.content[start : self.starts[number + 1]].rstrip("\r\n"), start

    def _block(self, token: Token, kind: Kind, level: int) -> tuple[int, int, Block]:
        place = self._locate(token.content, (token.map or [0])[0], heading=bool(level))
        runs = tuple(_runs(token.children or [], token.content, place, self.content))
        start, end = place.raw(0), place.raw(len(token.content))
        # A rubric or tail line does not stand in a quotation or a note.
        return start, end, Block(runs, kind, level, edges=True)

    def _locate(self, content: str, number: int, *, heading: bool) -> _Place:
        contents, raws, lengths = [], [], []
        position = 0
        for offset, line in enumerate(content.split("\n")):
            bare = line.strip(" \t")
            raw, start = self._line(number + offset)
            column = _find_heading(raw, bare) if heading and "\n" not in content else _find_end(raw, bare)
            if column < 0:
                raise _LostError(number + offset)
            contents.append(position + len(line) - len(line.lstrip(" \t")))
            raws.append(start + column)
            lengths.append(len(bare))
            position += len(line) + 1
        return _Place(tuple(contents), tuple(raws), tuple(lengths))

    def _cell(self, row: int, cell: int) -> Iterator[tuple[int, int, Block]]:
        line, start = self._line(row)
        begin = len(line) - len(line.lstrip(" \t>"))
        bars = [begin - 1, *(match.start() for match in _PIPE.finditer(line, begin)), len(line)]
        spans = [(left + 1, right) for left, right in pairwise(bars)]
        if spans and not line[slice(*spans[0])].strip():
            spans.pop(0)
        if cell >= len(spans):
            return
        left, right = spans[cell]
        raw = line[left:right]
        bare = raw.strip(" \t")
        if not bare:
            return
        left += len(raw) - len(raw.lstrip(" \t"))
        tokens: list[Token] = []
        self.markdown.inline.parse(bare, self.markdown, self.environment, tokens)
        place = _Place((0,), (start + left,), (len(bare),))
        runs = tuple(_runs(tokens, bare, place, self.content))
        yield start + left, start + left + len(bare), Block(runs, Kind.CELL, edges=True)


def _find_end(raw: str, bare: str) -> int:
    """Where a line's content begins: it reaches to the end of the line, but for white space."""
    column = raw.rfind(bare)
    return column if column >= 0 and not raw[column + len(bare) :].strip() else -1


def _find_heading(raw: str, bare: str) -> int:
    """Where a heading's content begins: nothing but closing marks may follow it."""
    column = raw.find(bare, raw.find("#") + 1 if "#" in raw else 0)
    while column >= 0 and not re.fullmatch(r"[ \t]*(?:[ \t]#+)?\s*", raw[column + len(bare) :]):
        column = raw.find(bare, column + 1)
    return column


def _runs(tokens: Sequence[Token], content: str, place: _Place, file: str) -> Iterator[Run]:
    """The runs of a block's inline tokens."""

    def raw(start: int, end: int) -> str:
        return file[place.raw(start) : place.raw(end)]

    position = 0
    task = _TASK.match(content)
    if task and tokens and tokens[0].type == "text":
        position = task.end()
        yield Run(raw(0, position), "", Role.ALONE)
    link_start = 0
    for token in tokens:
        if "span" not in token.meta or token.type == "text":
            continue
        start, end = _span(token, content)
        if start < position:
            continue
        yield from _plain(raw(position, start), content[position:start])
        position = end
        if token.type == "link_open":
            link_start = end
        piece = raw(start, end)
        if token.type == "link_close" and piece in {"]", "][]"}:
            label = " ".join(content[link_start:start].split())
            yield Run(piece, "", Role.CLOSE, "a", f"][{label}]", hoist=False)
        elif token.type == "image":
            yield Run(
                piece, "", Role.ALONE, "x", parts=_image(token, piece, raw(start + 2, start + 2 + len(token.content)))
            )
        else:
            yield _run(token, piece)
    yield from _plain(raw(position, len(content)), content[position:])


def _span(token: Token, content: str) -> tuple[int, int]:
    """A token's place, the second half of a doubled delimiter and the spaces of a hard break with it."""
    start, end = token.meta["span"]
    if token.type == "strong_open":
        start -= 1
    elif token.type == "strong_close":
        end += 1
    elif token.type in {"hardbreak", "softbreak"}:
        while start and content[start - 1] == " ":
            start -= 1
    return start, end


def _plain(raw: str, shown: str) -> Iterator[Run]:
    if raw:
        yield text(raw) if raw == shown else Run(raw, shown if len(shown) == 1 else " ")


def _run(token: Token, raw: str) -> Run:
    name = token.type.removesuffix("_open").removesuffix("_close")
    if name in _PAIRS and token.markup != "autolink":
        return Run(raw, "", Role.OPEN if token.nesting > 0 else Role.CLOSE, _PAIRS[name])
    if name in {"softbreak", "text_special"}:
        return Run(raw, token.content or " ")
    if name in _STANDING:
        return Run(raw, _STANDING[name], Role.ALONE, "code" if name == "code_inline" else "x")
    if name == "html_inline":
        return _html(raw)
    return Run(raw, " " if name == "hardbreak" else "", Role.ALONE, "x")


def _html(raw: str) -> Run:
    if raw.startswith("<!--"):
        return Run(raw, "", Role.ALONE)
    match = _HTML_TAG.fullmatch(raw)
    if match is None or match["void"] or match["name"].lower() in _VOID or len(match["name"]) > 16:
        return Run(raw, "", Role.ALONE, "x")
    name = match["name"].lower()
    return Run(raw, "", Role.CLOSE if match["close"] else Role.OPEN, _HTML_KINDS.get(name, name))


def _image(token: Token, raw: str, alt: str) -> tuple[str | Unit, ...]:
    """An image's markup with its description as a unit, where that can change without changing what it refers to."""
    source = fold("".join(child.content for child in token.children or []))
    after = raw[2 + len(alt) :]
    if not any(map(str.isalpha, source)) or after in {"]", "][]"} or raw[:2] != "![":
        return ()
    return (raw[:2], Unit(source, alt, Kind.CAPTION), after)
