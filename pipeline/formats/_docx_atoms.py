"""The content of a Word paragraph as atoms: text, objects, and the markup between them, with nothing lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from pipeline.formats._docx_xml import Dialect, Tag, join, pieces, subtree

_WRAPPERS = frozenset(["ins", "moveTo", "smartTag", "customXml", "bdo", "dir"])
_SPACE_OBJECTS = frozenset(["tab", "br", "cr", "ptab"])
_SILENT = frozenset(["lastRenderedPageBreak", "softHyphen", "proofErr", "rPr", "commentReference", "annotationRef"])
_HYPHEN = "noBreakHyphen"
_HYPERLINK = re.compile(r"\s*HYPERLINK\b", re.IGNORECASE)


class Sort(Enum):
    """What an atom is."""

    TEXT = "text"
    DROP = "drop"  # markup between texts that a translation does without
    OBJECT = "object"
    OPEN = "open"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Atom:
    """A piece of a paragraph."""

    sort: Sort
    raw: str
    text: str = ""
    properties: str = ""  # the run's, as in the file
    kind: str = ""
    markup: str = ""  # of an object or wrapper, complete, to stand between runs


def atoms(tags: Sequence[Tag], dialect: Dialect) -> list[Atom]:
    """Cut a paragraph's content, without its own tags, into atoms that join to it."""
    return _hyphenated(_Reader(dialect).atoms(tags))


def _hyphenated(atoms: Sequence[Atom]) -> list[Atom]:
    """Make hyphens that do not break, which are elements of their own, text where text stands around them."""
    found: list[Atom] = []
    place = 0
    while place < len(atoms):
        end = place
        while end < len(atoms) and (atoms[end].sort is Sort.DROP or atoms[end].kind == _HYPHEN):
            end += 1
        between = atoms[place:end]
        around = found[-1:] + list(atoms[end : end + 1])
        if any(atom.kind == _HYPHEN for atom in between):
            shown = "-" * sum(atom.kind == _HYPHEN for atom in between)
            text = [atom.sort is Sort.TEXT for atom in around] == [True, True]
            if text and around[0].properties == around[1].properties:
                raw = "".join(atom.raw for atom in between)
                between = [Atom(Sort.TEXT, raw, shown, around[0].properties)]
        found += between
        found += atoms[end : end + 1]
        place = end + 1
    return found


class _Reader:
    """Cuts a paragraph's content into atoms."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self._field: list[str] = []  # raws of a field whose end is awaited
        self._depth = 0
        self._code = ""
        self._links = 0  # fields that are links, their text being read

    def atoms(self, tags: Sequence[Tag]) -> list[Atom]:
        found: list[Atom] = []
        index = 0
        while index < len(tags):
            index, new = self._next(tags, index)
            found += new
        if self._field:  # it goes on in another paragraph
            raw = "".join(self._field)
            found.append(Atom(Sort.OBJECT, raw, kind="x", markup=raw))
        return found

    def _next(self, tags: Sequence[Tag], index: int) -> tuple[int, list[Atom]]:
        tag = tags[index]
        if tag.name == "r" and tag.opens and not tag.closes:
            end = subtree(tags, index)
            return end, self._run(tags[index:end])
        if self._depth:
            self._field.append(tag.raw)
            return index + 1, []
        if tag.name in {"hyperlink", "fldSimple"} and not tag.alone:
            return self._link(tags, index)
        if (tag.name == "sdt" and not tag.alone) or (tag.name == "sdtContent" and tag.closes):
            return self._control(tags, index, opens=tag.name == "sdt" and tag.opens)
        return self._other(tags, index)

    @staticmethod
    def _other(tags: Sequence[Tag], index: int) -> tuple[int, list[Atom]]:
        tag = tags[index]
        if tag.name in _WRAPPERS and not tag.alone:
            sort = Sort.OPEN if tag.opens else Sort.CLOSE
            return index + 1, [Atom(sort, tag.raw, markup=tag.raw)]
        end = subtree(tags, index) if tag.opens else index + 1
        raw = join(tags[index:end])
        if tag.name.startswith(":") and "oMath" in tag.name:
            return end, [Atom(Sort.OBJECT, raw, kind="x", markup=raw)]
        return end, [Atom(Sort.DROP, raw)]

    def _link(self, tags: Sequence[Tag], index: int) -> tuple[int, list[Atom]]:
        tag = tags[index]
        simple = tag.name == "fldSimple"
        if tag.opens and simple and not _HYPERLINK.match(self.dialect.attribute(tag.raw, "instr")):
            end = subtree(tags, index)
            raw = join(tags[index:end])
            return end, [Atom(Sort.OBJECT, raw, kind="x", markup=raw)]
        sort = Sort.OPEN if tag.opens else Sort.CLOSE
        return index + 1, [Atom(sort, tag.raw, kind="a", markup=tag.raw)]

    def _control(self, tags: Sequence[Tag], index: int, *, opens: bool) -> tuple[int, list[Atom]]:
        """A content control: what stands before and after its content belongs to its frame."""
        end = index
        while end < len(tags) and not (
            tags[end].name == ("sdtContent" if opens else "sdt") and (opens or tags[end].closes)
        ):
            end += 1
        raw = join(tags[index : end + 1])
        if opens and end < len(tags) and tags[end].alone:  # a control without content
            end = subtree(tags, index) - 1
            return end + 1, [Atom(Sort.DROP, join(tags[index : end + 1]))]
        return end + 1, [Atom(Sort.OPEN if opens else Sort.CLOSE, raw, markup=raw)]

    def _run(self, tags: Sequence[Tag]) -> list[Atom]:
        raw = join(tags)
        children = list(_children(tags))
        names = [child[0].name for child in children]
        marker = _field_marks(tags, self.dialect) if "fldChar" in names else []
        if marker or self._depth:
            return self._field_run(raw, marker, tags)
        properties = next((join(child) for child in children if child[0].name == "rPr"), "")
        if not any(_is_text(child) for child in children):
            objects = [name for name in names if name not in _SILENT]
            if not objects:
                return [Atom(Sort.DROP, raw)]
            space = all(name in _SPACE_OBJECTS for name in objects)
            kind = _HYPHEN if set(objects) == {_HYPHEN} else "x"
            return [Atom(Sort.OBJECT, raw, " " if space else "", properties, kind, raw)]
        return list(self._mixed(tags[0].raw, children, properties, tags[-1].raw))

    def _mixed(self, start: str, children: Sequence[Sequence[Tag]], properties: str, end: str) -> Iterator[Atom]:
        """A run with text, and maybe tabs and other objects among it."""
        held = start
        for child in children:
            name = child[0].name
            if name == "t" and len(child) > 1:
                yield Atom(Sort.DROP, held + child[0].raw)
                for tag in child[1:-1]:
                    if tag.raw.startswith("<") and not tag.raw.startswith("<![CDATA["):
                        yield Atom(Sort.DROP, tag.raw)
                    else:
                        yield from (Atom(Sort.TEXT, raw, shown, properties) for raw, shown in pieces(tag.raw))
                held = child[-1].raw
            elif name in _SILENT or name == "t":
                held += join(child)
            else:
                yield Atom(Sort.DROP, held)
                raw = join(child)
                prefix = self.dialect.prefix
                markup = f"<{prefix}r>{properties}{raw}</{prefix}r>"
                kind = _HYPHEN if name == _HYPHEN else "x"
                yield Atom(Sort.OBJECT, raw, " " if name in _SPACE_OBJECTS else "", properties, kind, markup)
                held = ""
        yield Atom(Sort.DROP, held + end)

    def _field_run(self, raw: str, marks: Sequence[str], tags: Sequence[Tag]) -> list[Atom]:
        """A run of a complex field: begin, code, separate, result, end; the text of a link is read, others' is not."""
        atoms: list[Atom] = []
        self._field.append(raw)
        if self._depth == 1:
            self._code += "".join(tag.raw for tag in tags if not tag.raw.startswith("<"))
        for mark in marks:
            if mark == "begin":
                self._depth += 1
                self._code = "" if self._depth == 1 else self._code
            elif mark == "separate" and self._depth == 1 and _HYPERLINK.match(self._code) and len(marks) == 1:
                markup = "".join(self._field)
                self._field, self._depth = [], 0
                self._links += 1
                atoms.append(Atom(Sort.OPEN, markup, kind="a", markup=markup))
            elif mark == "end" and self._depth:
                self._depth -= 1
            elif mark == "end" and self._links:
                self._links -= 1
                markup = "".join(self._field)
                self._field = []
                atoms.append(Atom(Sort.CLOSE, markup, kind="a", markup=markup))
        if not self._depth and self._field:
            markup = "".join(self._field)
            self._field = []
            atoms.append(Atom(Sort.OBJECT, markup, kind="x", markup=markup))
        return atoms


def _children(tags: Sequence[Tag]) -> Iterator[Sequence[Tag]]:
    """The child elements of a run, white space between them joined to the one before."""
    index = 1
    while index < len(tags) - 1:
        end = subtree(tags, index) if tags[index].opens else index + 1
        yield tags[index:end]
        index = end


def _is_text(child: Sequence[Tag]) -> bool:
    return child[0].name == "t" and any(tag.raw[0] != "<" or tag.raw.startswith("<![") for tag in child)


def _field_marks(tags: Sequence[Tag], dialect: Dialect) -> list[str]:
    return [dialect.attribute(tag.raw, "fldCharType") for tag in tags if tag.name == "fldChar" and tag.opens]
