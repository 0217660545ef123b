"""A format without a module of its own: blocks from the units' kinds and paragraphs, in the units' order."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from lxml import etree

from pipeline.model import Kind, Unit
from pipeline.page.markers import CLOSING, opening, printable, without
from pipeline.text import tags

_ELEMENT = {Kind.HEADING: "h2", Kind.TITLE: "h2", Kind.ITEM: "li", Kind.CELL: "td", Kind.CAPTION: "figcaption"}
_AROUND = {Kind.ITEM: "ul", Kind.CELL: "table", Kind.QUOTE: "blockquote", Kind.CAPTION: "figure"}
_INLINE = {"b": "strong", "i": "em", "u": "u", "s": "s"}


def body(units: Sequence[Unit], numbers: Sequence[int], *, english: bool) -> Any:
    """The units of `numbers`, as HTML."""
    result = etree.Element("div")
    for around, group in groupby(numbers, key=lambda n: _AROUND.get(units[n].kind)):
        parent = result if around is None else etree.SubElement(result, around)
        for (kind, _), block in groupby(group, key=lambda n: (units[n].kind, units[n].paragraph)):
            into = etree.SubElement(parent, "tr") if kind is Kind.CELL else parent
            _fill(etree.SubElement(into, _ELEMENT.get(kind, "p")), units, list(block), english=english)
    return result


def _fill(element: Any, units: Sequence[Unit], numbers: Sequence[int], *, english: bool) -> None:
    for place, number in enumerate(numbers):
        unit = units[number]
        shown = unit.source if english or not unit.target else unit.target
        before = units[numbers[place - 1]] if place else None
        if before is not None and (english or not unit.target or not before.target):
            _add(element, " ")
        _add(element, opening(number))
        inside = element
        for piece in tags.split(shown):
            name = _INLINE.get(tags.kind(piece.name))
            if piece.role is tags.Role.TEXT:
                _add(inside, without(printable(piece.text)))
            elif piece.role is tags.Role.OPEN and name:
                inside = etree.SubElement(inside, name)
            elif piece.role is tags.Role.CLOSE and name and inside.tag == name and inside is not element:
                inside = inside.getparent()
        _add(element, CLOSING)


def _add(element: Any, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text
