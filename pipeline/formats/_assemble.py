"""From a reader's layout and blocks to an article's parts: the last step of all readers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.formats._front import Field, fields
from pipeline.formats._runs import Block, Item, cut
from pipeline.formats._units import units
from pipeline.model import Kind, Member, Part, Unit
from pipeline.text.segment import segment

_NEWLINE = re.compile(r"\r\n|\n|\r")
_WHOLE = frozenset({Kind.SECTION, Kind.TITLE, Kind.SUBTITLE, Kind.AUTHOR, Kind.AFFILIATION, Kind.DATE, Kind.HEADING})


def assemble(items: Sequence[Item]) -> tuple[Part, ...]:
    """Return the parts of an article: blocks classified, cut into units, lines and paragraphs numbered."""
    blocks = [item for item in items if isinstance(item, Block)]
    found = iter(zip(blocks, fields(blocks), strict=True))
    parts: list[Part] = []
    paragraph = 0
    for item in items:
        if not isinstance(item, Block):
            parts.append(item)
            continue
        block, kinds = next(found)
        for piece in _pieces(block, kinds):
            if isinstance(piece, str):
                parts.append(piece)
            else:
                paragraph += 1
                parts += units(piece, paragraph, segment)
    return tuple(_numbered(list(_joined(parts))))


def _pieces(block: Block, kinds: Sequence[Field]) -> Iterator[str | Block]:
    """A block cut at its fields; what is between them is layout."""
    if len(kinds) == 1 and (kinds[0].start, kinds[0].end) == (0, len(block.text)):
        yield _as(block, kinds[0].kind)
        return
    places = [place for each in kinds for place in (each.start, each.end)]
    for number, runs in enumerate(cut(block.runs, places)):
        if number % 2:
            yield _as(replace(block, runs=tuple(runs)), kinds[number // 2].kind)
        else:
            yield "".join(run.raw for run in runs)


def _as(block: Block, kind: Kind) -> Block:
    return replace(block, kind=kind, whole=block.whole or kind in _WHOLE)


def _joined(parts: Iterable[Part]) -> Iterator[Part]:
    """Join neighbouring plain layout; leave out what is empty, but not the markers of members."""
    layout: list[str] = []
    for part in parts:
        if type(part) is str:
            layout.append(part)
            continue
        if any(layout):
            yield "".join(layout)
        layout.clear()
        if isinstance(part, Unit | Member) or part:
            yield part
    if any(layout):
        yield "".join(layout)


def _numbered(parts: Sequence[Part]) -> Iterator[Part]:
    """Give each unit its line in the file, or in its member of the file; and a paragraph to those made one by one."""
    line, ends_in_return = 1, False
    alone = max((part.paragraph for part in parts if isinstance(part, Unit)), default=0)
    for part in parts:
        if isinstance(part, Member):
            line, ends_in_return = 1, False
        raw = str(part)
        if isinstance(part, Unit):
            alone += not part.paragraph
            yield replace(part, line=line, paragraph=part.paragraph or alone)
        else:
            yield part
        if raw:
            line += len(_NEWLINE.findall(raw)) - (ends_in_return and raw[0] == "\n")
            ends_in_return = raw[-1] == "\r"
