"""Markers become `<span data-unit>`: every sentence of the page can be found again, and says whether it is a draft."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from lxml import etree

from pipeline.page.markers import MARKER, number_of

Attributes = Callable[[int], dict[str, str]]
_HAN = re.compile("[\u2e80-\u303f\u3100-\u31bf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_SHORT = 12  # characters; a dot under every one of more is a page of dots


def place(body: Any, attributes: Attributes) -> set[int]:
    """Put a span in place of each pair of markers below `body`; which units there were.

    A pair that is torn apart by markup ends with the element in which it began.
    """
    placed: set[int] = set()
    for element in list(body.iter(etree.Element)):
        if element.get("data-unit"):
            placed.add(int(element.get("data-unit")))
        if MARKER.search(element.text or "") or any(MARKER.search(child.tail or "") for child in element):
            _rebuild(element, attributes, placed)
    return placed


def _rebuild(element: Any, attributes: Attributes, placed: set[int]) -> None:
    content = list(_content(element))
    for child in list(element):
        element.remove(child)
    element.text = None
    into = element
    for each in content:
        if isinstance(each, str):
            _add_text(into, each)
        elif isinstance(each, re.Match):
            number = number_of(each)
            into = element
            if number is not None:
                placed.add(number)
                into = etree.SubElement(element, "span", {"data-unit": str(number), **attributes(number)})
        else:
            into.append(each)


def _content(element: Any) -> Iterator[Any]:
    """Texts, markers (as matches) and children without their tails, in order."""
    yield from _cut(element.text)
    for child in list(element):
        tail, child.tail = child.tail, None
        yield child
        yield from _cut(tail)


def _cut(text: str | None) -> Iterator[str | re.Match[str]]:
    last = 0
    for match in MARKER.finditer(text or ""):
        yield (text or "")[last : match.start()]
        yield match
        last = match.end()
    yield (text or "")[last:]


def _add_text(element: Any, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def emphasise(body: Any) -> None:
    """Say how emphasis looks, for Han has no italics: dots below a few characters, Kai for more; Latin slants."""
    for element in body.iter("em", "cite"):
        text = "".join(element.itertext())
        if _HAN.search(text):
            element.set("class", "dots" if len(text) <= _SHORT else "kai")
