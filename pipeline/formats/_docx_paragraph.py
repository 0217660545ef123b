"""The runs of a Word paragraph.

Text keeps its place in the XML; runs of equal formatting read as one; differing formatting, links and objects become
marks. A mark's markup takes text to text: it ends the run before it and begins the one after it, so that a translation
can put it anywhere (see _docx_render.py).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from pipeline.formats._docx_xml import Dialect, Tag, join, pieces, subtree
from pipeline.formats._runs import Run
from pipeline.text.tags import Role

_WRAPPERS = frozenset(["ins", "moveTo", "smartTag", "customXml", "bdo", "dir"])
_IGNORED = frozenset(
    ["lang", "noProof", "rPrChange", "bCs", "iCs", "szCs", "kern", "webHidden", "ins", "del", "moveTo", "moveFrom"]
)
_SPACE_OBJECTS = frozenset(["tab", "br", "cr", "ptab"])
_SILENT = frozenset(["lastRenderedPageBreak", "softHyphen", "proofErr", "rPr", "commentReference", "annotationRef"])
_DRESS = (("b", "b"), ("i", "i"), ("u", "u"), ("strike", "s"))
_STYLES = {"strong": "b", "emphasis": "i", "bold": "b", "italic": "i"}
_HYPHEN = "noBreakHyphen"
_ORDINAL = re.compile(r"\s*(?:st|nd|rd|th)\s*")
_HYPERLINK = re.compile(r"\s*HYPERLINK\b", re.IGNORECASE)


class _Sort(Enum):
    TEXT = "text"
    DROP = "drop"  # markup between texts that a translation does without
    OBJECT = "object"
    OPEN = "open"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class _Atom:
    sort: _Sort
    raw: str
    text: str = ""
    properties: str = ""  # the run's, as in the file
    kind: str = ""
    markup: str = ""  # of an object or wrapper, complete, to stand between runs


def runs(tags: Sequence[Tag], dialect: Dialect) -> list[Run]:
    """Turn the content of a paragraph, without its own tags, into runs that join to it."""
    return list(_Formatter(_hyphenated(_Reader(dialect).atoms(tags)), dialect).runs())


def _hyphenated(atoms: Sequence[_Atom]) -> list[_Atom]:
    """Make hyphens that do not break, which are elements of their own, text where text stands around them."""
    found: list[_Atom] = []
    place = 0
    while place < len(atoms):
        end = place
        while end < len(atoms) and (atoms[end].sort is _Sort.DROP or atoms[end].kind == _HYPHEN):
            end += 1
        between = atoms[place:end]
        around = found[-1:] + list(atoms[end : end + 1])
        if any(atom.kind == _HYPHEN for atom in between):
            shown = "-" * sum(atom.kind == _HYPHEN for atom in between)
            text = [atom.sort is _Sort.TEXT for atom in around] == [True, True]
            if text and around[0].properties == around[1].properties:
                raw = "".join(atom.raw for atom in between)
                between = [_Atom(_Sort.TEXT, raw, shown, around[0].properties)]
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

    def atoms(self, tags: Sequence[Tag]) -> list[_Atom]:
        found: list[_Atom] = []
        index = 0
        while index < len(tags):
            index, new = self._next(tags, index)
            found += new
        if self._field:  # it goes on in another paragraph
            raw = "".join(self._field)
            found.append(_Atom(_Sort.OBJECT, raw, kind="x", markup=raw))
        return found

    def _next(self, tags: Sequence[Tag], index: int) -> tuple[int, list[_Atom]]:
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
    def _other(tags: Sequence[Tag], index: int) -> tuple[int, list[_Atom]]:
        tag = tags[index]
        if tag.name in _WRAPPERS and not tag.alone:
            sort = _Sort.OPEN if tag.opens else _Sort.CLOSE
            return index + 1, [_Atom(sort, tag.raw, markup=tag.raw)]
        end = subtree(tags, index) if tag.opens else index + 1
        raw = join(tags[index:end])
        if tag.name.startswith(":") and "oMath" in tag.name:
            return end, [_Atom(_Sort.OBJECT, raw, kind="x", markup=raw)]
        return end, [_Atom(_Sort.DROP, raw)]

    def _link(self, tags: Sequence[Tag], index: int) -> tuple[int, list[_Atom]]:
        tag = tags[index]
        simple = tag.name == "fldSimple"
        if tag.opens and simple and not _HYPERLINK.match(self.dialect.attribute(tag.raw, "instr")):
            end = subtree(tags, index)
            raw = join(tags[index:end])
            return end, [_Atom(_Sort.OBJECT, raw, kind="x", markup=raw)]
        sort = _Sort.OPEN if tag.opens else _Sort.CLOSE
        return index + 1, [_Atom(sort, tag.raw, kind="a", markup=tag.raw)]

    def _control(self, tags: Sequence[Tag], index: int, *, opens: bool) -> tuple[int, list[_Atom]]:
        """A content control: what stands before and after its content belongs to its frame."""
        end = index
        while end < len(tags) and not (
            tags[end].name == ("sdtContent" if opens else "sdt") and (opens or tags[end].closes)
        ):
            end += 1
        raw = join(tags[index : end + 1])
        if opens and end < len(tags) and tags[end].alone:  # a control without content
            end = subtree(tags, index) - 1
            return end + 1, [_Atom(_Sort.DROP, join(tags[index : end + 1]))]
        return end + 1, [_Atom(_Sort.OPEN if opens else _Sort.CLOSE, raw, markup=raw)]

    def _run(self, tags: Sequence[Tag]) -> list[_Atom]:
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
                return [_Atom(_Sort.DROP, raw)]
            space = all(name in _SPACE_OBJECTS for name in objects)
            kind = _HYPHEN if set(objects) == {_HYPHEN} else "x"
            return [_Atom(_Sort.OBJECT, raw, " " if space else "", properties, kind, raw)]
        return list(self._mixed(tags[0].raw, children, properties, tags[-1].raw))

    def _mixed(self, start: str, children: Sequence[Sequence[Tag]], properties: str, end: str) -> Iterator[_Atom]:
        """A run with text, and maybe tabs and other objects among it."""
        held = start
        for child in children:
            name = child[0].name
            if name == "t" and len(child) > 1:
                yield _Atom(_Sort.DROP, held + child[0].raw)
                for tag in child[1:-1]:
                    if tag.raw.startswith("<") and not tag.raw.startswith("<![CDATA["):
                        yield _Atom(_Sort.DROP, tag.raw)
                    else:
                        yield from (_Atom(_Sort.TEXT, raw, shown, properties) for raw, shown in pieces(tag.raw))
                held = child[-1].raw
            elif name in _SILENT or name == "t":
                held += join(child)
            else:
                yield _Atom(_Sort.DROP, held)
                raw = join(child)
                prefix = self.dialect.prefix
                markup = f"<{prefix}r>{properties}{raw}</{prefix}r>"
                kind = _HYPHEN if name == _HYPHEN else "x"
                yield _Atom(_Sort.OBJECT, raw, " " if name in _SPACE_OBJECTS else "", properties, kind, markup)
                held = ""
        yield _Atom(_Sort.DROP, held + end)

    def _field_run(self, raw: str, marks: Sequence[str], tags: Sequence[Tag]) -> list[_Atom]:
        """A run of a complex field: begin, code, separate, result, end; the text of a link is read, others' is not."""
        atoms: list[_Atom] = []
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
                atoms.append(_Atom(_Sort.OPEN, markup, kind="a", markup=markup))
            elif mark == "end" and self._depth:
                self._depth -= 1
            elif mark == "end" and self._links:
                self._links -= 1
                markup = "".join(self._field)
                self._field = []
                atoms.append(_Atom(_Sort.CLOSE, markup, kind="a", markup=markup))
        if not self._depth and self._field:
            markup = "".join(self._field)
            self._field = []
            atoms.append(_Atom(_Sort.OBJECT, markup, kind="x", markup=markup))
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


class _Formatter:
    """Turns differences of formatting between atoms into pairs of marks."""

    def __init__(self, atoms: Sequence[_Atom], dialect: Dialect) -> None:
        self.atoms = atoms
        self.dialect = dialect
        self.inner: dict[int, int] = {}  # by the place of a link's beginning, the level within
        self.levels = self._levels()
        self.bases = self._bases()

    def _levels(self) -> list[int]:
        """For every atom the number of the link that it stands in; 0 for none."""
        levels, stack, count = [], [0], 0
        for place, atom in enumerate(self.atoms):
            if atom.sort is _Sort.OPEN and atom.kind:
                levels.append(stack[-1])
                count += 1
                self.inner[place] = count
                stack.append(count)
                continue
            if atom.sort is _Sort.CLOSE and atom.kind and len(stack) > 1:
                stack.pop()
            levels.append(stack[-1])
        return levels

    def _bases(self) -> dict[int, str]:
        """The formatting that most of a level's text has."""
        weights: dict[int, Counter[str]] = {}
        for atom, level in zip(self.atoms, self.levels, strict=True):
            if atom.sort is _Sort.TEXT:
                weights.setdefault(level, Counter())[atom.properties] += len(atom.text)
        return {level: _heaviest(counted, self.dialect) for level, counted in weights.items()}

    def runs(self) -> Iterator[Run]:
        opened = ""  # the formatting of the pair that is open
        kind = ""
        for place, (atom, level) in enumerate(zip(self.atoms, self.levels, strict=True)):
            base = self.bases.get(level, "")
            if atom.sort is _Sort.TEXT:
                style = _style(atom.properties, self.dialect)
                plain = style == _style(base, self.dialect)
                if opened and (plain or style != opened):
                    yield self._close(kind, base)
                    opened = ""
                if not plain and not opened:
                    opened = style
                    kind = "" if _ORDINAL.fullmatch(atom.text) else _kind(style, _style(base, self.dialect))
                    yield Run("", "", Role.OPEN, kind, self._switch(atom.properties))
                yield Run(atom.raw, atom.text)
                continue
            if opened and self._ends(place, opened):
                yield self._close(kind, base)
                opened = ""
            yield self._markup(atom, place)
        if opened:
            yield self._close(kind, self.bases.get(0, ""))

    def _ends(self, place: int, opened: str) -> bool:
        """Whether a pair's text is over here: no text of its formatting follows before a wrapper or other text."""
        for atom in self.atoms[place:]:
            if atom.sort is _Sort.TEXT:
                return _style(atom.properties, self.dialect) != opened
            if atom.sort in {_Sort.OPEN, _Sort.CLOSE}:
                return True
        return True

    def _switch(self, properties: str) -> str:
        return self.dialect.close + self.dialect.reopen(properties)

    def _close(self, kind: str, base: str) -> Run:
        return Run("", "", Role.CLOSE, kind, self._switch(base))

    def _markup(self, atom: _Atom, place: int) -> Run:
        level = self.levels[place]
        if atom.sort is _Sort.DROP:
            return Run(atom.raw, "", Role.ALONE)
        if atom.sort is _Sort.OBJECT:
            tail = self.dialect.reopen(self.bases.get(level, ""))
            return Run(atom.raw, atom.text, Role.ALONE, "x", self.dialect.close + atom.markup + tail)
        role = Role.OPEN if atom.sort is _Sort.OPEN else Role.CLOSE
        # A link's own formatting follows its beginning; a frame that is left out of units has none.
        inner = self.bases.get(self.inner.get(place, level), "")
        return Run(atom.raw, "", role, atom.kind, self.dialect.close + atom.markup + self.dialect.reopen(inner))


def _heaviest(counted: Counter[str], dialect: Dialect) -> str:
    """Of the properties with the commonest style the first."""
    styles: Counter[str] = Counter()
    for properties, weight in counted.items():
        styles[_style(properties, dialect)] += weight
    best = max(styles, key=lambda style: styles[style])
    return next(properties for properties in counted if _style(properties, dialect) == best)


def _style(properties: str, dialect: Dialect) -> str:
    """The formatting that a reader sees, in one order."""
    if not properties:
        return ""
    tags = dialect.tokens(properties)[1:-1]
    found = []
    index = 0
    while index < len(tags):
        end = subtree(tags, index) if tags[index].opens else index + 1
        if tags[index].name and tags[index].name not in _IGNORED:
            found.append(join(tags[index:end]))
        index = end
    return "".join(sorted(found))


def _kind(style: str, base: str) -> str:
    for name, kind in _DRESS:
        pattern = rf"<(?:[\w.-]+:)?{name}(?=[\s/>])"
        if bool(re.search(pattern, style)) != bool(re.search(pattern, base)):
            return kind
    match = re.search(r"rStyle\b[^>]*?val=\"([^\"]*)\"", style)
    if match and match[1].lower() in _STYLES:
        return _STYLES[match[1].lower()]
    return "sup" if "vertAlign" in style and "vertAlign" not in base else "s"
