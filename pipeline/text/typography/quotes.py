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


@dataclass(slots=True)
class _Pair:
    start: int  # of the opening mark; -1 where it stands in an earlier text
    end: int  # of the closing mark; -1 where it stands in a later text
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
        if mark in _OPEN:
            stack.append((place, _OPEN[mark]))
            continue
        kind = _STRAIGHT.get(mark) or _CLOSE[mark]
        known = [index for index, (_, family) in enumerate(stack) if family == kind]
        if known:
            start = stack[known[-1]][0]
            found += [_Pair(lone, -1) for lone, family in stack[known[-1] + 1 :] if " " not in family]
            del stack[known[-1] :]
            found.append(_Pair(start, place))
        elif mark in _STRAIGHT:
            if not text[place - 1 : place].isdigit():  # inches and feet
                stack.append((place, kind))
        else:
            found.append(_Pair(-1, place))
    return found + [_Pair(lone, -1) for lone, family in stack if " " not in family]


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
    """How deep each stands in the others; an unpaired mark reaches to the end of the text on its open side."""
    for pair in pairs:
        low, high = pair.start, pair.end if pair.end >= 0 else 1 << 62
        pair.depth = shift + sum(
            other.start < low and high < (other.end if other.end >= 0 else 1 << 62)
            for other in pairs
            if other is not pair and (other.start, other.end) != (pair.start, pair.end)
        )
        if pair.start < 0:
            pair.depth = shift + sum(other.start < 0 and other.end > pair.end for other in pairs)
        elif pair.end < 0:
            pair.depth = shift + sum(
                (other.end < 0 and other.start < pair.start) or other.start < pair.start < other.end for other in pairs
            )
    return pairs
