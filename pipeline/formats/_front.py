"""Which blocks are what: section, title, date, author and affiliation above the body, navigation and tail around it.

Markup that says so wins; else place and wording decide, and in doubt a block is body text: nothing that a reader came
for may be taken for layout. The typical page of a policy site is: language bar, section, title, date, authors with
their affiliations, body, "You might also like", "Back to Top".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.formats import _wording as wording
from pipeline.formats._runs import Block
from pipeline.model import Kind

_HEAD = 14  # blocks: how far down a byline may stand
_TAIL = 24  # blocks: how far up a list of other articles may begin
_PEOPLE = frozenset({Kind.AUTHOR, Kind.AFFILIATION})
_LINES = frozenset({Kind.SENTENCE, Kind.HEADING, Kind.AUTHOR})
_SURE = frozenset({Kind.CELL, Kind.NOTE, Kind.META, Kind.CAPTION})


@dataclass(frozen=True, slots=True)
class Field:
    """A stretch of a block's text, and what it is."""

    start: int
    end: int
    kind: Kind


def fields(blocks: Sequence[Block]) -> list[list[Field]]:
    """For every block its fields, in order; none where the block is layout."""
    kinds: list[Kind | None] = [block.kind for block in blocks]
    texts = [block.text for block in blocks]
    free = [
        index
        for index, block in enumerate(blocks)
        if not block.fixed and block.kind not in _SURE and texts[index].strip()
    ]
    _Head(blocks, texts, free).mark(kinds)
    _mark_tail(texts, free, kinds)
    return [_fields(block, text, kind) for block, text, kind in zip(blocks, texts, kinds, strict=True)]


def _fields(block: Block, text: str, kind: Kind | None) -> list[Field]:
    if kind is None:
        return []
    if kind is Kind.DATE:
        return _dated(text, 0)
    house = wording.with_house(text) if kind is Kind.AUTHOR else 0
    if house:
        name = text[:house].rstrip(" \t,–—(-")
        return [Field(0, len(name), Kind.AUTHOR), Field(house, len(text), Kind.AFFILIATION)]
    if not block.fixed and kind in _LINES and (pieces := wording.compound(text)):
        return [field for start, end in pieces for field in _piece(text[start:end], start)]
    return [Field(0, len(text), kind)]


def _dated(text: str, start: int) -> list[Field]:
    """A date without what stands around it, and the word before it ("Published")."""
    match = wording.date(text)
    if match is None:
        return [Field(start, start + len(text), Kind.DATE)]
    groups = {"label": Kind.SENTENCE, "date": Kind.DATE}
    return [
        Field(start + match.start(name), start + match.end(name), kind) for name, kind in groups.items() if match[name]
    ]


def _piece(text: str, start: int) -> list[Field]:
    """One piece of a line that holds several: "By Jane Doe | Jan. 16, 2017 | Beijing"."""
    if wording.date(text):
        return _dated(text, start)
    if wording.is_byline(text) or (wording.is_name(text) and not wording.is_affiliation(text)):
        kind = Kind.AUTHOR
    else:
        kind = Kind.AFFILIATION if wording.is_affiliation(text) else Kind.SENTENCE
    return [Field(start, start + len(text), kind)]


class _Head:
    """The blocks above the body."""

    def __init__(self, blocks: Sequence[Block], texts: Sequence[str], free: Sequence[int]) -> None:
        self.blocks = blocks
        self.texts = texts
        self.site = False
        skip = 0
        self.navigation: list[int] = []
        for index in free[:_HEAD]:
            bar = wording.is_language_bar(texts[index])
            if not bar and not wording.is_navigation(texts[index]):
                break
            self.site = self.site or bar
            self.navigation.append(index)
            skip += 1
        if skip == len(free):  # a file of one such word is its text
            self.navigation, skip = [], 0
        self.rows = list(free[skip : skip + _HEAD])

    def mark(self, kinds: list[Kind | None]) -> None:
        for index in self.navigation:
            kinds[index] = None
        for index in self.rows:
            if self._is_line(index, kinds) and (
                wording.is_byline(self.texts[index]) or wording.compound(self.texts[index])
            ):
                kinds[index] = Kind.AUTHOR
        self._mark_dates(kinds)
        self._mark_people(kinds)
        anchors = [row for row, index in enumerate(self.rows) if kinds[index] in _PEOPLE or kinds[index] is Kind.DATE]
        body = self._body(kinds)
        above = self.rows[: min([body, *anchors])]
        if not above and body == 0:
            return
        self._mark_titles(above, kinds, anchored=bool(anchors) and anchors[0] <= body)

    def _body(self, kinds: Sequence[Kind | None]) -> int:
        """The first row that is running text, or a heading or list below the title."""
        for row, index in enumerate(self.rows):
            if kinds[index] in {Kind.SENTENCE, Kind.QUOTE} and wording.is_prose(self.texts[index]):
                return row
        return len(self.rows)

    def _is_line(self, index: int, kinds: Sequence[Kind | None]) -> bool:
        """Whether a block may be anything yet: markup made it neither a heading nor anything else."""
        return kinds[index] in {Kind.SENTENCE, Kind.HEADING} and not self.blocks[index].level

    def _mark_dates(self, kinds: list[Kind | None]) -> None:
        for index in self.rows:
            if kinds[index] in {Kind.SENTENCE, Kind.ITEM, Kind.HEADING} and wording.date(self.texts[index]):
                kinds[index] = Kind.DATE

    def _mark_people(self, kinds: list[Kind | None]) -> None:
        """Names without "By": bulleted or bare, known by the date or affiliation beside them; and affiliations."""
        rows = self.rows
        dated = any(kinds[index] is Kind.DATE for index in rows)
        for row, index in enumerate(rows):
            text, before = self.texts[index], kinds[rows[row - 1]] if row else None
            if wording.longer(text, 40) and kinds[index] is not Kind.AUTHOR:
                return
            below = self.texts[rows[row + 1]] if row + 1 < len(rows) else ""
            named = bool(wording.is_name(text) or wording.with_house(text)) and self._titled(row, kinds)
            if kinds[index] is Kind.ITEM and named and (self.site or dated or wording.is_affiliation(below)):
                kinds[index] = Kind.AUTHOR
            elif self._is_line(index, kinds):
                beside = before is Kind.DATE or bool(wording.date(below)) or wording.is_affiliation(below)
                if before in _PEOPLE and wording.is_affiliation(text):
                    kinds[index] = Kind.AFFILIATION
                elif named and (wording.with_house(text) or (beside and not wording.is_affiliation(text))):
                    kinds[index] = Kind.AUTHOR

    def _titled(self, row: int, kinds: Sequence[Kind | None]) -> bool:
        """Whether a title stands above a row, or what may be one: names come after it."""
        return any(
            kinds[index] in {Kind.TITLE, *_PEOPLE}
            or self.blocks[index].level == 1
            or (self._is_line(index, kinds) and not wording.is_rubric(self.texts[index]))
            for index in self.rows[:row]
        )

    def _mark_titles(self, above: Sequence[int], kinds: list[Kind | None], *, anchored: bool) -> None:
        """Section, title and subtitle, from the short rows above the first date, byline or paragraph."""
        texts = self.texts
        marked = next((i for i in above if kinds[i] is Kind.TITLE), None)
        if marked is None:
            marked = next((i for i in above if self.blocks[i].level == 1), None)
        if marked is None and not any(self.blocks[i].level for i in above):
            above = [i for i in above if kinds[i] in {Kind.SENTENCE, Kind.HEADING}]
            if not anchored:  # nothing but place speaks for a title: it must look like one
                above = above[:2]
                above = [
                    i
                    for i in above
                    if not wording.longer(texts[i], 25) and not texts[i].rstrip().endswith((".", ":", ","))
                ]
            rubric = len(above) > 1 and (
                wording.is_rubric(texts[above[0]]) or (self.site and not wording.longer(texts[above[0]], 6))
            )
            marked = above[1] if rubric else above[0] if above else None
        if marked is None:
            return
        kinds[marked] = Kind.TITLE
        place = above.index(marked)
        for index in above[:place]:
            if kinds[index] in {Kind.SENTENCE, Kind.HEADING} and not wording.longer(texts[index], 8):
                kinds[index] = Kind.SECTION
        for index in above[place + 1 : place + 2]:
            if self._is_line(index, kinds) and anchored:
                kinds[index] = Kind.SUBTITLE


def _mark_tail(texts: Sequence[str], free: Sequence[int], kinds: list[Kind | None]) -> None:
    """Take what stands below the body out: buttons, and a list of other articles with its heading."""
    start = len(free)
    place = len(free)
    while place > 1 and len(free) - place < _TAIL:
        text = texts[free[place - 1]]
        if wording.is_tail(text) or wording.opens_tail(text):
            start = place - 1
        elif wording.is_prose(text) or wording.longer(text, 25):
            break
        place -= 1
    # Short lines above the last button are layout only below a heading that says what they are.
    opener = next((p for p in range(place, len(free)) if wording.opens_tail(texts[free[p]])), None)
    first = len(free) if opener is None else opener
    while first > start and wording.is_tail(texts[free[first - 1]]):
        first -= 1
    if any(kinds[index] not in {None, Kind.SECTION, Kind.TITLE} for index in free[:first]):
        for index in free[first:]:
            kinds[index] = None
