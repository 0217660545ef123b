"""The head of an article: rubric, title, standfirst, authors with their affiliations, date. Read off the units' kinds.

A page says some of this twice (in its metadata, above its text); each thing is shown once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from pipeline.model import Kind, Unit
from pipeline.page.markers import printable
from pipeline.page.spans import Attributes
from pipeline.text import tags

_KINDS = frozenset({Kind.SECTION, Kind.TITLE, Kind.SUBTITLE, Kind.AUTHOR, Kind.AFFILIATION, Kind.DATE})
_APART = frozenset({*_KINDS, Kind.META})


@dataclass(frozen=True, slots=True)
class Header:
    """Which units (by number) make up the head, in order; `people` pairs an author with his affiliations."""

    section: tuple[int, ...] = ()
    title: tuple[int, ...] = ()
    subtitle: tuple[int, ...] = ()
    people: tuple[tuple[int, ...], ...] = ()
    dates: tuple[int, ...] = ()
    description: tuple[int, ...] = ()
    body: tuple[int, ...] = ()  # all others: what belongs in the text


def read(units: Sequence[Unit]) -> Header:
    """Sort an article's units."""
    titles = _titles(units)
    people: list[tuple[int, ...]] = []
    for number in _apart(units, _once(units, Kind.AUTHOR, Kind.AFFILIATION)):
        if units[number].kind is Kind.AUTHOR or not people:
            people.append((number,))
        else:
            people[-1] = (*people[-1], number)
    first = _first_of_body(units)
    late = {n for n, u in enumerate(units) if u.kind is Kind.TITLE and n > first and n not in titles}
    return Header(
        section=_once(units, Kind.SECTION)[:1],
        title=titles,
        subtitle=_once(units, Kind.SUBTITLE),
        people=tuple(people),
        dates=_once(units, Kind.DATE)[:1],
        description=_descriptions(units)[:1] or _once(units, Kind.SUBTITLE)[:1],
        body=tuple(n for n, unit in enumerate(units) if unit.kind not in _APART or n in late),
    )


def _first_of_body(units: Sequence[Unit]) -> int:
    return next((n for n, unit in enumerate(units) if unit.kind not in _APART), len(units))


def _titles(units: Sequence[Unit]) -> tuple[int, ...]:
    """The title nearest to the text: earlier ones are the file's own ("Title | Site")."""
    titles = [n for n, unit in enumerate(units) if unit.kind is Kind.TITLE]
    before = [n for n in titles if n < _first_of_body(units)]
    if not titles:
        return ()
    block = units[before[-1] if before else titles[0]].paragraph
    return tuple(n for n in titles if units[n].paragraph == block)


def _once(units: Sequence[Unit], *kinds: Kind) -> tuple[int, ...]:
    seen: dict[str, int] = {}
    for number, unit in enumerate(units):
        if unit.kind in kinds:
            seen.setdefault(unit.source, number)
    return tuple(seen.values())


def _apart(units: Sequence[Unit], numbers: Sequence[int]) -> list[int]:
    """Leave out what another of the units says too: the name in the metadata, where a byline has it."""
    texts = {number: tags.strip(units[number].source) for number in numbers}
    return [n for n, text in texts.items() if not any(text in other and text != other for other in texts.values())]


def _descriptions(units: Sequence[Unit]) -> tuple[int, ...]:
    """What the metadata says of the article, beside its title."""
    titles = [unit.source for unit in units if unit.kind is Kind.TITLE]
    found = _once(units, Kind.META)
    return tuple(n for n in found if not any(title in units[n].source for title in titles))


def plain(unit: Unit, *, english: bool) -> str:
    """A unit's text without markup, in English or in the edition's language (English where it has none)."""
    return printable(tags.strip(unit.source if english or not unit.target else unit.target))


def render(header: Header, units: Sequence[Unit], attributes: Attributes, *, english: bool) -> Any:
    """The head as a `header` element."""
    result = etree.Element("header")

    def line(parent: Any, name: str, css: str, numbers: Sequence[int]) -> None:
        if numbers:
            element = etree.SubElement(parent, name, {"class": css} if css else {})
            for place, number in enumerate(numbers):
                if place:
                    element[-1].tail = " " if english else ""
                span = etree.SubElement(element, "span", {"data-unit": str(number), **attributes(number)})
                span.text = plain(units[number], english=english)

    line(result, "p", "section", header.section)
    line(result, "h1", "", header.title)
    line(result, "p", "standfirst", header.subtitle)
    if header.people or header.dates:
        byline = etree.SubElement(result, "div", {"class": "byline"})
        for person in header.people:
            block = etree.SubElement(byline, "address")
            line(block, "strong" if units[person[0]].kind is Kind.AUTHOR else "span", "", person[:1])
            line(block, "span", "affiliation", person[1:])
        line(byline, "p", "date", header.dates)
    return result
