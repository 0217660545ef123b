"""A text as rules see it: without inline tags, and with an atom for every piece that must not be touched."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.model import Kind, Typography

TAG = re.compile(r"</?[a-z]{1,16}[0-9]{1,6}>|<[a-z]{1,16}[0-9]{1,6}/>")
_STOP = r"\s<>\"“”‘’「」『』«»，。；：！？、（）《》【】…\U000f0000-\U000ffffd"
_DOMAINS = "com|org|net|gov|edu|int|mil|info|io|dev|cn|uk|tw|hk|jp|kr|ru|eu|de|fr|au|ca|sg"
_OPAQUE = re.compile(
    rf"`[^`\n]{{1,2000}}`|https?://[^{_STOP}]+|www\.[^{_STOP}]+"
    r"|[A-Za-z0-9_][\w.+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}"
    rf"|(?<![A-Za-z0-9.@/-])(?:[A-Za-z0-9][A-Za-z0-9-]{{0,62}}\.){{1,8}}(?:{_DOMAINS})(?![A-Za-z0-9])(?:/[^{_STOP}]*)?"
    r"|&(?:amp;)*lt;|⟦\d{1,5}⟧|\$?\{[^{}\n]{0,100}\}"
)
_TAIL = ".,;:!?)]'"  # what ends a sentence, not the address before it
ATOMS = "\U000f0000-\U000ffffd"  # private use: one character for each untouched piece; for use in a character class


@dataclass(frozen=True, slots=True)
class Edit:
    """`text[start:end]` becomes `new`. Edits of one rule are in order and do not overlap."""

    start: int
    end: int
    new: str
    inside: bool = False  # what is put in at a tag goes inside what that encloses


@dataclass(frozen=True, slots=True)
class House:
    """What the rules go by: the locale's settings, the kind of text, and its English where that is known."""

    rules: Typography
    kind: Kind
    source: str


@dataclass(frozen=True, slots=True)
class Line:
    """The bare text, its tags with the place each stands before, and what the atoms stand for."""

    text: str
    tags: tuple[tuple[int, str], ...] = ()
    atoms: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        out, place = [], 0
        for position, tag in self.tags:
            out += [self.text[place:position], tag]
            place = position
        whole = "".join([*out, self.text[place:]])
        for atom, meaning in self.atoms:
            whole = whole.replace(atom, meaning)
        return whole


def parse(source: str) -> Line:
    """Take tags out and put atoms in; `str()` undoes it."""
    text, tags, place = "", [], 0
    for found in TAG.finditer(source):
        text += source[place : found.start()]
        tags.append((len(text), found.group()))
        place = found.end()
    text += source[place:]
    taken = set(text)
    free = (char for char in map(chr, range(0xF0000, 0xFFFFE)) if char not in taken)
    atoms, edits = [], []
    for found in _OPAQUE.finditer(text):
        end = found.end()
        if found.group()[0] not in "`&⟦{$":
            end = found.start() + _address(found.group())
        cuts = [found.start(), *sorted({at for at, _ in tags if found.start() < at < end}), end]
        for start, stop in itertools.pairwise(cuts):
            atom = next(free)
            atoms.append((atom, text[start:stop]))
            edits.append(Edit(start, stop, atom))
    bare = edited(Line(text, tuple(tags)), edits)
    return Line(bare.text, bare.tags, tuple(atoms))


def _address(found: str) -> int:
    """How long an address is without what ends the sentence around it; a bracket that it opened is its own."""
    while len(found) > 1 and found[-1] in _TAIL and not (found[-1] == ")" and found.count("(") >= found.count(")")):
        found = found[:-1]
    return len(found)


def edited(line: Line, edits: Iterable[Edit]) -> Line:
    """The line with edits made. A tag keeps its place: what is put in beside one goes outside what it encloses."""
    out: list[str] = []
    tags: list[tuple[int, str]] = []
    waiting = list(line.tags)
    length = place = 0
    for edit in edits:
        out.append(line.text[place : edit.start])
        while waiting and waiting[0][0] <= edit.start and not _behind(waiting, edit):
            position, tag = waiting.pop(0)
            tags.append((length + position - place, tag))
        length += edit.start - place + len(edit.new)
        out.append(edit.new)
        place = edit.end
        while waiting and waiting[0][0] < edit.end:
            tags.append((length, waiting.pop(0)[1]))
    tags += [(length + position - place, tag) for position, tag in waiting]
    return Line("".join([*out, line.text[place:]]), tuple(tags), line.atoms)


def _behind(waiting: list[tuple[int, str]], edit: Edit) -> bool:
    """Whether the tags that stand where something is put in go behind it."""
    if edit.start != edit.end or waiting[0][0] != edit.start:
        return False
    here = [tag for position, tag in waiting if position == edit.start]
    if edit.inside:
        return here[0].startswith("</")
    return all(not tag.startswith("</") and not tag.endswith("/>") for tag in here)
