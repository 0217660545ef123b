"""The blocks of text of an HTML page, with what the markup around each says about it."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.formats import _html_elements as elements
from pipeline.formats import _wording as wording
from pipeline.formats._html_tokens import Sort, Token, attributes, tokens
from pipeline.formats._runs import Run, text
from pipeline.formats._units import fold
from pipeline.model import Kind, Part, Unit
from pipeline.text.tags import Role

_ENTITY = re.compile(r"&(?:#[xX]?[0-9A-Fa-f]{1,8}|[A-Za-z][A-Za-z0-9]{1,31});?")


@dataclass(slots=True)
class Element:
    """An open element: its number in the page, and what it makes of the text in it."""

    name: str
    number: int
    never: bool = False  # its text is no text of an article, whatever else is found
    aside: bool = False  # its text stands beside the article
    kind: Kind | None = None
    row: int = -1


@dataclass(slots=True)
class Candidate:
    """A block of text of the page; `path` are the numbers of the elements around it, outermost first."""

    runs: list[Run]
    start: int
    path: tuple[int, ...]
    kind: Kind
    level: int
    aside: bool
    row: int
    tag: str
    linked: int = 0  # characters inside links
    text: str = field(default="")


class Page:
    """Walks over a page once and collects its blocks."""

    def __init__(self, content: str) -> None:
        self.candidates: list[Candidate] = []
        self.cells: Counter[int] = Counter()  # of each row
        self.depth = 0
        self._stack: list[Element] = [Element("", 0)]
        self._open: Counter[str] = Counter()
        self._count = 0
        self._runs: list[Run] = []
        self._begin = 0
        self._atom: tuple[str, int, list[str]] | None = None  # an inline element kept whole: name, depth, raw
        for token in tokens(content):
            self._take(token)
        self._flush(len(content))

    def _take(self, token: Token) -> None:
        if token.sort in {Sort.OPEN, Sort.CLOSE} and token.name in elements.BLOCKS:
            self._flush(token.start)
            if token.sort is Sort.OPEN:
                self._enter(token)
            else:
                self._leave(token.name)
            self._begin = token.end
        elif self._atom is not None:
            self._continue_atom(token)
        elif token.sort is Sort.TEXT:
            if not self._stack[-1].never:
                self._runs += _text(token.raw)
            else:
                self._runs.append(Run(token.raw, "", Role.ALONE))
        elif token.sort is Sort.OTHER:
            self._runs.append(Run(token.raw, "", Role.ALONE))
        else:
            self._inline(token)

    def _inline(self, token: Token) -> None:
        kind = elements.inline_kind(token.name)
        if token.sort is Sort.CLOSE:
            self._runs.append(Run(token.raw, "", Role.CLOSE, kind))
        elif token.name == "br":
            self._break(token)
        elif token.name == "img":
            self._runs.append(Run(token.raw, "", Role.ALONE, "x", parts=image(token.raw)))
        elif token.name in elements.VOID or token.raw.endswith("/>"):
            self._runs.append(Run(token.raw, "", Role.ALONE, "x"))
        elif token.name in elements.ATOMIC or token.name == "sup":
            self._atom = (token.name, 1, [token.raw])
        else:
            self._runs.append(Run(token.raw, "", Role.OPEN, kind))

    def _break(self, token: Token) -> None:
        """A line break; two in a row end a paragraph."""
        for run in reversed(self._runs):
            if run.role is Role.ALONE and run.raw.lower().startswith("<br"):
                self._flush(token.start)
                self._begin = token.end
                return
            if run.text.strip() or run.raw.startswith("<"):
                break
        self._runs.append(Run(token.raw, " ", Role.ALONE, "x"))

    def _continue_atom(self, token: Token) -> None:
        assert self._atom is not None  # noqa: S101 (for the type checker)
        name, depth, raws = self._atom
        raws.append(token.raw)
        if token.name == name:
            depth += 1 if token.sort is Sort.OPEN else -1
        self._atom = (name, depth, raws)
        if depth == 0:
            self._end_atom()

    def _end_atom(self) -> None:
        """Code, and a short superscript without words (a footnote's number), stand for themselves; others are text."""
        if self._atom is None:
            return
        name, depth, raws = self._atom
        self._atom = None
        raw = "".join(raws)
        shown = html.unescape(re.sub(r"<[^>]*>", "", raw)).strip()
        if depth == 0 and name in elements.ATOMIC:
            self._runs.append(Run(raw, "Code", Role.ALONE, "code"))
        elif depth == 0 and len(shown) <= 6 and not re.fullmatch(r"st|nd|rd|th", shown):
            self._runs.append(Run(raw, "", Role.ALONE, "x"))
        else:
            for token in tokens(raw):
                if token.sort is Sort.TEXT:
                    self._runs += _text(token.raw)
                elif token.name in {"br", "img"} or token.sort is Sort.OTHER or token.name in elements.VOID:
                    self._runs.append(Run(token.raw, "", Role.ALONE, "x"))
                else:
                    kind = elements.inline_kind(token.name)
                    self._runs.append(Run(token.raw, "", Role.CLOSE if token.sort is Sort.CLOSE else Role.OPEN, kind))

    def _enter(self, token: Token) -> None:
        name = token.name
        for closed in elements.CLOSED_BY.get(name, ()):
            self._close_implied(closed)
        if name in elements.VOID:
            return
        if self._stack[-1].name == "p" and not self._stack[-1].never:
            self._leave("p")
        above = self._stack[-1]
        self._count += 1
        element = Element(name, self._count, above.never or name in elements.NEVER, row=above.row)
        found = attributes(token.raw)
        words = elements.classes(found)
        element.aside = above.aside or elements.is_aside(name, found, words)
        element.kind = elements.kind(name, words, above.kind)
        if name == "tr":
            element.row = self._count
        elif name in {"td", "th"}:
            self.cells[above.row] += 1
        elif name == "table":
            element.row = -1
        self._stack.append(element)
        self._open[name] += 1
        self.depth = max(self.depth, len(self._stack))

    def _close_implied(self, name: str) -> None:
        for element in reversed(self._stack):
            if element.name == name:
                self._leave(name)
                return
            if element.name in elements.SCOPES:
                return

    def _leave(self, name: str) -> None:
        if not self._open[name]:
            return
        while True:
            element = self._stack.pop()
            self._open[element.name] -= 1
            if element.name == name:
                return

    def _flush(self, end: int) -> None:
        """End a block of text at an offset of the page."""
        self._end_atom()
        runs, self._runs = self._runs, []
        begin, self._begin = self._begin, end
        element = self._stack[-1]
        if element.never or not runs:
            return
        shown = "".join(run.text for run in runs)
        if not (any(map(str.isalpha, shown)) or any(run.parts for run in runs) or wording.date(shown)):
            return
        name = next((each.name for each in reversed(self._stack) if each.name in elements.BLOCKS), "")
        heading = re.fullmatch(r"h[1-6]", name)
        kind = (
            Kind.HEADING
            if heading and element.kind not in {Kind.SUBTITLE, Kind.SECTION}
            else element.kind or Kind.SENTENCE
        )
        path = tuple(each.number for each in self._stack[:60])
        level = int(name[1]) if heading else 0
        self.candidates.append(
            Candidate(runs, begin, path, kind, level, element.aside, element.row, name, _linked(runs), shown)
        )


def _linked(runs: list[Run]) -> int:
    depth = count = 0
    for run in runs:
        if run.kind == "a" and run.role is not Role.ALONE:
            depth = max(0, depth + (1 if run.role is Role.OPEN else -1))
        elif depth:
            count += len(run.text)
    return count


def _text(raw: str) -> Iterator[Run]:
    """Text, its entities decoded."""
    last = 0
    for match in _ENTITY.finditer(raw):
        shown = html.unescape(match[0])
        if shown == match[0]:
            continue
        if match.start() > last:
            yield text(raw[last : match.start()])
        yield Run(match[0], shown)
        last = match.end()
    if last < len(raw):
        yield text(raw[last:])


def image(raw: str) -> tuple[Part, ...]:
    """An image's tag with its description as a unit; empty where it has none."""
    alt = attributes(raw).get("alt")
    if (
        alt is None
        or not any(map(str.isalpha, alt.value))
        or re.fullmatch(r"\S+\.(?:jpe?g|png|gif|webp|svg)", alt.value)
    ):
        return ()
    return (raw[: alt.start], Unit(fold(alt.value), raw[alt.start : alt.end], Kind.CAPTION), raw[alt.end :])


def is_data_cell(candidate: Candidate, cells: Counter[int]) -> bool:
    """Whether a block in a table's cell belongs to a table of data: pages of old are laid out in tables."""
    return cells[candidate.row] > 1 and not wording.longer(candidate.text, 60)
