"""The runs of a Word paragraph.

Text keeps its place in the XML; runs of equal formatting read as one; differing formatting, links and objects become
marks. A mark's markup takes text to text: it ends the run before it and begins the one after it, so that a translation
can put it anywhere (see _docx_render.py).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.formats._docx_atoms import Atom, Sort, atoms
from pipeline.formats._docx_xml import Dialect, Tag, join, subtree
from pipeline.formats._runs import Run
from pipeline.text.tags import Role

_IGNORED = frozenset(
    ["lang", "noProof", "rPrChange", "bCs", "iCs", "szCs", "kern", "webHidden", "ins", "del", "moveTo", "moveFrom"]
)
_DRESS = (("b", "b"), ("i", "i"), ("u", "u"), ("strike", "s"))
_STYLES = {"strong": "b", "emphasis": "i", "bold": "b", "italic": "i"}
_ORDINAL = re.compile(r"\s*(?:st|nd|rd|th)\s*")


def runs(tags: Sequence[Tag], dialect: Dialect) -> list[Run]:
    """Turn the content of a paragraph, without its own tags, into runs that join to it."""
    return list(_Formatter(atoms(tags, dialect), dialect).runs())


class _Formatter:
    """Turns differences of formatting between atoms into pairs of marks."""

    def __init__(self, atoms: Sequence[Atom], dialect: Dialect) -> None:
        self.atoms = atoms
        self.dialect = dialect
        self.styles: dict[str, str] = {}
        self.inner: dict[int, int] = {}  # by the place of a link's beginning, the level within
        self.levels = self._levels()
        self.bases = self._bases()

    def _levels(self) -> list[int]:
        """For every atom the number of the link that it stands in; 0 for none."""
        levels, stack, count = [], [0], 0
        for place, atom in enumerate(self.atoms):
            if atom.sort is Sort.OPEN and atom.kind:
                levels.append(stack[-1])
                count += 1
                self.inner[place] = count
                stack.append(count)
                continue
            if atom.sort is Sort.CLOSE and atom.kind and len(stack) > 1:
                stack.pop()
            levels.append(stack[-1])
        return levels

    def _bases(self) -> dict[int, str]:
        """The formatting that most of a level's text has."""
        weights: dict[int, Counter[str]] = {}
        for atom, level in zip(self.atoms, self.levels, strict=True):
            if atom.sort is Sort.TEXT:
                weights.setdefault(level, Counter())[atom.properties] += len(atom.text)
        return {level: self._heaviest(counted) for level, counted in weights.items()}

    def _heaviest(self, counted: Counter[str]) -> str:
        """Of the properties with the commonest style the first."""
        weights: Counter[str] = Counter()
        for properties, weight in counted.items():
            weights[self._style(properties)] += weight
        best = max(weights, key=lambda style: weights[style])
        return next(properties for properties in counted if self._style(properties) == best)

    def runs(self) -> Iterator[Run]:
        opened = ""  # the formatting of the pair that is open
        kind = ""
        following = self._following()
        for place, (atom, level) in enumerate(zip(self.atoms, self.levels, strict=True)):
            base = self.bases.get(level, "")
            if atom.sort is Sort.TEXT:
                style = self._style(atom.properties)
                plain = style == self._style(base)
                if opened and (plain or style != opened):
                    yield self._close(kind, base)
                    opened = ""
                if not plain and not opened:
                    opened = style
                    kind = "" if _ORDINAL.fullmatch(atom.text) else _kind(style, self._style(base))
                    yield Run("", "", Role.OPEN, kind, self._switch(atom.properties))
                yield Run(atom.raw, atom.text)
                continue
            if opened and following[place] != opened:
                yield self._close(kind, base)
                opened = ""
            yield self._markup(atom, place)
        if opened:
            yield self._close(kind, self.bases.get(0, ""))

    def _following(self) -> list[str | None]:
        """For every atom the style of the text that comes next, None where a wrapper comes first or nothing."""
        following: list[str | None] = []
        style: str | None = None
        for atom in reversed(self.atoms):
            if atom.sort is Sort.TEXT:
                style = self._style(atom.properties)
            elif atom.sort in {Sort.OPEN, Sort.CLOSE}:
                style = None
            following.append(style)
        return following[::-1]

    def _style(self, properties: str) -> str:
        if properties not in self.styles:
            self.styles[properties] = _style(properties, self.dialect)
        return self.styles[properties]

    def _switch(self, properties: str) -> str:
        return self.dialect.close + self.dialect.reopen(properties)

    def _close(self, kind: str, base: str) -> Run:
        return Run("", "", Role.CLOSE, kind, self._switch(base))

    def _markup(self, atom: Atom, place: int) -> Run:
        level = self.levels[place]
        if atom.sort is Sort.DROP:
            return Run(atom.raw, "", Role.ALONE)
        if atom.sort is Sort.OBJECT:
            tail = self.dialect.reopen(self.bases.get(level, ""))
            return Run(atom.raw, atom.text, Role.ALONE, "x", self.dialect.close + atom.markup + tail)
        role = Role.OPEN if atom.sort is Sort.OPEN else Role.CLOSE
        # A link's own formatting follows its beginning; a frame that is left out of units has none.
        inner = self.bases.get(self.inner.get(place, level), "")
        return Run(atom.raw, "", role, atom.kind, self.dialect.close + atom.markup + self.dialect.reopen(inner))


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
