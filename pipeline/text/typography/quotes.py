"""quotes: the locale's marks, outer and inner by depth (GB/T 15834 4.8; 重訂標點符號手冊 引號)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.text.typography.classes import CJK, HAN, SPACE
from pipeline.text.typography.line import Edit, House, Line

_OPEN = {"“": "double", "「": "double", "〝": "double", "‘": "single", "『": "single"}
_CLOSE = {"”": "double", "」": "double", "〞": "double", "〟": "double", "’": "single", "』": "single"}
_STRAIGHT = {'"': "straight double", "＂": "straight double", "'": "straight single", "＇": "straight single"}
_ENGLISH = "“”‘’\"'"
_MARK = re.compile(f"[{''.join([*_OPEN, *_CLOSE, *_STRAIGHT])}]")
_HAN, _CJK = re.compile(f"[{HAN}]"), re.compile(f"[{CJK}“”‘’]")
_SINGLE, _DOUBLE = re.compile(r"‘[^’]+’|(?<![A-Za-z])'[^']+'"), re.compile('[“”"]')


_STOPPED = re.compile("[，。、；：！？]|$")
_LED = re.compile("[，、；：（]")


@dataclass(slots=True)
class _Pair:
    start: int  # of the opening mark; -1 where it stands in an earlier text
    end: int  # of the closing mark; -1 where it stands in a later text
    family: str = ""
    depth: int = 0


def edits(line: Line, house: House) -> Iterator[Edit]:
    """`"他说'好'"` -> `“他说‘好’”` or `「他說『好』」`; quotations that are English outside and inside stay.

    A mark whose partner stands in another sentence counts too: what is inside it is one deeper.
    """
    text = line.text
    if not _HAN.search(text):
        return
    marks = house.rules.quotes
    shift = 1 if house.source and _SINGLE.search(house.source) and not _DOUBLE.search(house.source) else 0
    changes = []
    for pair in _levelled([pair for pair in _pairs(text) if _chinese(text, pair)], shift):
        level = 2 * (pair.depth % 2)
        if pair.start >= 0:
            changes.append(Edit(pair.start, pair.start + 1, marks[level]))
        if pair.end >= 0:
            changes.append(Edit(pair.end, pair.end + 1, marks[level + 1]))
    yield from sorted((edit for edit in changes if text[edit.start] != edit.new), key=lambda edit: edit.start)


def _pairs(text: str) -> list[_Pair]:
    """The quotations of a text by a stack; straight marks count only in pairs."""
    found: list[_Pair] = []
    stack: list[tuple[int, str]] = []
    for match in _MARK.finditer(text):
        place, mark = match.start(), match.group()
        if _apostrophe(text, place):
            continue
        family = _STRAIGHT.get(mark) or _CLOSE.get(mark) or _OPEN[mark]
        known = [index for index, (_, other) in enumerate(stack) if other == family]
        opens = not known if mark in _STRAIGHT else _opens(text, place, mark in _OPEN, bool(known))
        if not opens and known:
            start = stack[known[-1]][0]
            found += _lone(stack[known[-1] + 1 :])
            del stack[known[-1] :]
            found.append(_Pair(start, place, family))
        elif not opens:
            found.append(_Pair(-1, place, family))
        elif mark not in _STRAIGHT or not text[max(0, place - 1) : place].isdigit():  # inches and feet
            stack.append((place, family))
    return found + _lone(stack)


def _opens(text: str, place: int, shape: bool, inside: bool) -> bool:
    """Whether a mark opens: its shape says so, unless it stands the wrong way round."""
    if shape and inside and place and _STOPPED.match(text, place + 1):
        return False
    if not shape and not inside and place and _LED.match(text[place - 1]) and not _STOPPED.match(text, place + 1):
        return True
    return shape


def _lone(stack: list[tuple[int, str]]) -> list[_Pair]:
    """Opening marks that found no partner; two of a kind are each other's, the second the wrong way round."""
    found: list[_Pair] = []
    for family in ("double", "single"):
        places = [place for place, other in stack if other == family]
        if len(places) == 2:
            found.append(_Pair(places[0], places[1], family))
        else:
            found += [_Pair(place, -1, family) for place in places]
    return found


def _apostrophe(text: str, place: int) -> bool:
    before, after = text[place - 1 : place] if place else "", text[place + 1 : place + 2]
    inside = before.isascii() and before.isalnum() and after.isascii() and after.isalnum()
    return text[place] in "’'＇‘" and inside


def _chinese(text: str, pair: _Pair) -> bool:
    """Whether a quotation belongs to the Chinese text: Chinese in it, or on either side."""
    if text[max(pair.start, pair.end)] not in _ENGLISH:
        return True
    start, end = max(pair.start, 0), pair.end if pair.end >= 0 else len(text)
    if _HAN.search(text, start, end):
        return True
    before = text[:start].rstrip(SPACE)[-1:] if pair.start >= 0 else ""
    after = text[end + 1 :].lstrip(SPACE)[:1] if pair.end >= 0 else ""
    return bool(_CJK.match(before) or _CJK.match(after))


def _levelled(pairs: list[_Pair], shift: int) -> list[_Pair]:
    """How deep each stands in the others.

    A mark alone holds all on its open side that is written with other marks than its own.
    """
    for pair in pairs:
        pair.depth = shift + sum(_holds(other, pair) for other in pairs if other is not pair)
    return pairs


def _holds(outer: _Pair, inner: _Pair) -> bool:
    low, high = (inner.start, inner.end) if min(inner.start, inner.end) >= 0 else (max(inner.start, inner.end),) * 2
    if outer.start >= 0 and outer.end >= 0:
        return outer.start < low and high < outer.end
    if outer.family == inner.family:
        return False
    return high < outer.end if outer.start < 0 else outer.start < low
