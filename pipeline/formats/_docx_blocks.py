"""The paragraphs of a WordprocessingML member as blocks, and what their styles and places say about them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.formats import _wording as wording
from pipeline.formats._docx_paragraph import runs
from pipeline.formats._docx_xml import Dialect, Tag, join, subtree
from pipeline.formats._runs import Block, Item
from pipeline.model import Kind

_STYLES = (
    (re.compile(r"title", re.IGNORECASE), Kind.TITLE, 0),
    (re.compile(r"sub-?title", re.IGNORECASE), Kind.SUBTITLE, 0),
    (re.compile(r"heading ?(?P<level>[1-9])", re.IGNORECASE), Kind.HEADING, 1),
    (re.compile(r"(?:intense |block )?quot(?:e|ation)s?|block text", re.IGNORECASE), Kind.QUOTE, 0),
    (re.compile(r"list\b.*", re.IGNORECASE), Kind.ITEM, 0),
    (re.compile(r"caption|figure|table caption", re.IGNORECASE), Kind.CAPTION, 0),
    (re.compile(r"authors?|by-?line", re.IGNORECASE), Kind.AUTHOR, 0),
    (re.compile(r"affiliations?", re.IGNORECASE), Kind.AFFILIATION, 0),
    (re.compile(r"(?:footnote|endnote) text", re.IGNORECASE), Kind.NOTE, 0),
)
_LAYOUT_STYLE = re.compile(
    r"toc ?\d|toc heading|table of (?:figures|authorities)|index ?\d|header|footer|macro|(?:source )?code"
    r"|html preformatted",
    re.IGNORECASE,
)
_DIRECTORY = re.compile(r"\s*(?:TOC|INDEX|TOA)\b")
_CELL_WORDS = 60


@dataclass(frozen=True, slots=True)
class _Where:
    """What the elements around a paragraph say."""

    cell: bool = False
    note: bool = False
    directory: bool = False  # a table of contents, which Word makes itself


def items(xml: str, styles: Mapping[str, str], *, notes: bool = False) -> list[Item]:
    """Cut a member into blocks and layout that join to it. `styles` are the names of paragraph styles by id."""
    dialect = Dialect(xml)
    return _Walker(dialect, styles).items(dialect.tokens(xml), _Where(note=notes))


class _Walker:
    def __init__(self, dialect: Dialect, styles: Mapping[str, str]) -> None:
        self.dialect = dialect
        self.styles = styles
        self.fields = 0  # complex fields that a paragraph above began
        self.directory = 0  # at which depth of them a table of contents began

    def items(self, tags: Sequence[Tag], where: _Where) -> list[Item]:
        found: list[Item] = []
        cells = index = last = 0
        while index < len(tags):
            tag = tags[index]
            if tag.name == "tc" and not tag.alone:
                cells += 1 if tag.opens else -1
            if tag.name == "p" and tag.opens and not tag.closes:
                end = subtree(tags, index)
                found.append(join(tags[last : index + 1]))
                inside = _Where(cell=where.cell or cells > 0, note=where.note)
                found += self._paragraph(tags[index + 1 : end - 1], inside)
                index = last = end - 1
            index += 1
        found.append(join(tags[last:]))
        return found

    def _paragraph(self, tags: Sequence[Tag], where: _Where) -> Iterator[Item]:
        """A paragraph; one with text boxes in it is cut there, and the boxes' own paragraphs come in their place."""
        begun = self.directory
        self._follow_fields(tags)
        style = self._style(tags)
        layout = bool(begun or self.directory) or bool(_LAYOUT_STYLE.fullmatch(style))
        last = 0
        for start, end in _boxes(tags):
            yield from self._stretch(tags[last:start], tags, style, where, layout=layout)
            yield from self.items(tags[start:end], _Where(note=where.note))
            last = end
        yield from self._stretch(tags[last:], tags, style, where, layout=layout)

    def _stretch(
        self, tags: Sequence[Tag], whole: Sequence[Tag], style: str, where: _Where, *, layout: bool
    ) -> Iterator[Item]:
        if layout or not any(tag.raw[0] != "<" for tag in tags):
            yield join(tags)
            return
        start = subtree(tags, 0) if tags[0].name == "pPr" else 0
        yield join(tags[:start])
        found = tuple(runs(tags[start:], self.dialect))
        kind, level = self._kind(style, whole, "".join(run.text for run in found), where)
        yield Block(found, kind, level)

    def _style(self, tags: Sequence[Tag]) -> str:
        """The name of a paragraph's style: ids are translated in other languages' Word, names are not."""
        if not tags or tags[0].name != "pPr":
            return ""
        tag = next((tag for tag in tags[: subtree(tags, 0)] if tag.name == "pStyle"), None)
        identity = self.dialect.attribute(tag.raw, "val") if tag else ""
        return self.styles.get(identity, identity)

    def _kind(self, style: str, tags: Sequence[Tag], text: str, where: _Where) -> tuple[Kind, int]:
        if where.note:
            return Kind.NOTE, 0
        for pattern, kind, graded in _STYLES:
            match = pattern.fullmatch(style)
            if match:
                return kind, int(match["level"]) if graded else 0
        if where.cell and not wording.longer(text, _CELL_WORDS):
            return Kind.CELL, 0
        properties = tags[: subtree(tags, 0)] if tags and tags[0].name == "pPr" else ()
        names = {tag.name: tag.raw for tag in properties}
        if "numPr" in names:
            return Kind.ITEM, 0
        outline = self.dialect.attribute(names.get("outlineLvl", ""), "val")
        if outline.isdigit() and int(outline) < 9:
            return Kind.HEADING, int(outline) + 1
        return Kind.CAPTION if wording.is_caption(text) else Kind.SENTENCE, 0

    def _follow_fields(self, tags: Sequence[Tag]) -> None:
        """Keep count of fields that span paragraphs: the lines of a table of contents are Word's, not the author's."""
        for place, tag in enumerate(tags):
            if tag.name == "fldChar" and tag.opens:
                kind = self.dialect.attribute(tag.raw, "fldCharType")
                self.fields = max(0, self.fields + {"begin": 1, "end": -1}.get(kind, 0))
                self.directory = self.directory if self.fields >= self.directory else 0
            elif tag.name == "instrText" and not self.directory and _DIRECTORY.match(join(tags[place + 1 : place + 2])):
                self.directory = self.fields


def _boxes(tags: Sequence[Tag]) -> Iterator[tuple[int, int]]:
    """Where the runs are that hold paragraphs of their own (text boxes)."""
    index = 0
    while index < len(tags):
        if (
            tags[index].opens
            and not tags[index].closes
            and tags[index].name in {"r", ":mc:AlternateContent", "pict", "drawing"}
        ):
            end = subtree(tags, index)
            if any(tag.name == "p" for tag in tags[index:end]):
                yield index, end
            index = end
        else:
            index += 1
