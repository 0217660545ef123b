"""DOCX: paragraphs, headings, lists, tables, links and notes of a Word file (ECMA-376, part 1, 17.3 to 17.11).

What a page has no use for (sections, fields' codes, deleted text, positions of pictures) is left out.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from pipeline.errors import SanwenError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_LIMIT = 64 * 2**20  # bytes of one part; a small zip can unpack to anything
_LOOK = (("b", "strong"), ("i", "em"), ("strike", "s"), ("u", "u"))
_HEIGHTS = {"superscript": "sup", "subscript": "sub"}
_CHARACTERS = {"tab": " ", "ptab": " ", "noBreakHyphen": "\u2011"}
_OFF = {"0", "false", "off", "none"}
_TRANSPARENT = {"ins", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "moveTo", "dir", "bdo"}
_HEADING = re.compile("heading ([1-9])")


def body(data: bytes, encoding: str) -> Any:  # noqa: ARG001  XML says its encoding itself
    """The document as an HTML tree, its notes at the end."""
    document = _Document(data)
    result = etree.Element("div")
    if document.main is not None:
        document.blocks(document.main, result)
    document.notes(result)
    return result


class _Document:
    """The parts of the zip that are needed, and the list that is being filled."""

    def __init__(self, data: bytes) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        self._name = next(
            (target for kind, target in self._relations("") if kind.endswith("/officeDocument")), "word/document.xml"
        )
        tree = self._part(self._name)
        self.main = None if tree is None else tree.find(f"{_W}body")
        self._related = {kind.rpartition("/")[2]: target for kind, target in self._relations(self._name)}
        self._links = dict(self._hyperlinks(self._name))
        self._styles = self._style_table()
        self._bullets = self._bullet_lists()

    def _part(self, name: str) -> Any:
        try:
            info = self._zip.getinfo(name)
        except KeyError:
            return None
        if info.file_size > _LIMIT:
            raise SanwenError(f"{name} is larger than {_LIMIT >> 20} MB", remedy="Save the document again from Word")
        try:
            return etree.fromstring(self._zip.read(info), etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError as error:
            raise SanwenError(f"{name} is no well-formed XML: {error}", remedy="Save it again from Word") from error

    def _relationships(self, name: str) -> Iterator[Any]:
        folder, file = posixpath.split(name)
        tree = self._part(posixpath.join(folder, "_rels", f"{file}.rels"))
        return iter(()) if tree is None else tree.iter(_RELATIONS)

    def _relations(self, name: str) -> Iterator[tuple[str, str]]:
        folder = posixpath.dirname(name)
        for each in self._relationships(name):
            if each.get("TargetMode") != "External":
                target = each.get("Target", "")
                yield each.get("Type", ""), posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")

    def _hyperlinks(self, name: str) -> Iterator[tuple[str, str]]:
        return ((e.get("Id", ""), e.get("Target", "")) for e in self._relationships(name) if e.get("TargetMode"))

    def _style_table(self) -> dict[str, tuple[str, str]]:
        """Style id to its name in small letters and the list it numbers ("" for none)."""
        tree = self._part(self._related.get("styles", ""))
        found = {}
        for style in [] if tree is None else tree.iter(f"{_W}style"):
            number = _value(style.find(f"{_W}pPr/{_W}numPr"), "numId")
            found[style.get(f"{_W}styleId", "")] = (_value(style, "name").lower(), number)
        return found

    def _bullet_lists(self) -> set[str]:
        """The ids of the lists whose items bear bullets, not numbers."""
        tree = self._part(self._related.get("numbering", ""))
        if tree is None:
            return set()
        abstract = {
            each.get(f"{_W}abstractNumId"): _value(each.find(f"{_W}lvl"), "numFmt")
            for each in tree.iter(f"{_W}abstractNum")
        }
        return {
            each.get(f"{_W}numId")
            for each in tree.iter(f"{_W}num")
            if abstract.get(_value(each, "abstractNumId")) == "bullet"
        }

    def blocks(self, source: Any, target: Any) -> None:
        """Copy paragraphs and tables below `source` as HTML."""
        filling = ""  # the id of the list that the last paragraph belonged to
        for child in source:
            name = _local(child)
            if name == "p":
                filling = self._paragraph(child, target, filling)
            elif name == "tbl":
                filling = ""
                self._table(child, etree.SubElement(target, "table"))
            elif name in _TRANSPARENT:
                filling = ""
                self.blocks(child, target)

    def _paragraph(self, source: Any, target: Any, filling: str) -> str:
        style, number = self._styles.get(_value(source.find(f"{_W}pPr"), "pStyle"), ("", ""))
        heading = _HEADING.fullmatch(style)
        number = _value(source.find(f"{_W}pPr/{_W}numPr"), "numId") or number
        number = "" if number == "0" else number
        if heading:
            element = etree.SubElement(target, f"h{min(int(heading[1]), 6)}")
        elif number:
            if number != filling or not len(target):
                etree.SubElement(target, "ul" if number in self._bullets else "ol")
            element = etree.SubElement(target[-1], "li")
        else:
            element = etree.SubElement(target, "p", {"class": "caption"} if style == "caption" else {})
        self._content(source, element)
        for box in source.iter(f"{_W}txbxContent"):
            if not any(_local(above) == "Fallback" for above in box.iterancestors()):
                self.blocks(box, target)
                number = ""
        return "" if heading else number

    def _table(self, source: Any, target: Any) -> None:
        for row in source.iter(f"{_W}tr"):
            if _above(row, "tbl") is not source:
                continue
            into = etree.SubElement(target, "tr")
            first = len(target) == 1 and _value(source.find(f"{_W}tblPr"), "tblLook", "firstRow") == "1"
            head = first or row.find(f"{_W}trPr/{_W}tblHeader") is not None
            for cell in row.iter(f"{_W}tc"):
                if _above(cell, "tr") is row:
                    element = etree.SubElement(into, "th" if head else "td")
                    span = _value(cell.find(f"{_W}tcPr"), "gridSpan")
                    if span:
                        element.set("colspan", span)
                    if any(_value(p.find(f"{_W}pPr"), "jc") in {"right", "end"} for p in cell.iter(f"{_W}p")):
                        element.set("align", "right")
                    self.blocks(cell, element)

    def _content(self, source: Any, target: Any) -> None:
        for child in source:
            name = _local(child)
            if name == "r":
                self._run(child, target)
            elif name == "hyperlink":
                address = self._links.get(child.get(f"{_R}id", ""), "")
                anchor = child.get(f"{_W}anchor", "")
                address += f"#{anchor}" if anchor and not address else ""
                self._content(child, etree.SubElement(target, "a", {"href": address}))
            elif name in _TRANSPARENT:
                self._content(child, target)

    def _run(self, source: Any, target: Any) -> None:
        target = _dressed(source.find(f"{_W}rPr"), target)
        for child in source:
            name = _local(child)
            if name == "t":
                _add(target, child.text or "")
            elif name in _CHARACTERS:
                _add(target, _CHARACTERS[name])
            elif name in {"br", "cr"}:
                etree.SubElement(target, "br")
            elif name in {"footnoteReference", "endnoteReference"}:
                self._reference(child, name.removesuffix("Reference"), target)
            else:
                for shape in child.iter("{*}docPr"):
                    etree.SubElement(target, "img", {"alt": shape.get("descr", "")})

    def _reference(self, source: Any, kind: str, target: Any) -> None:
        number = source.get(f"{_W}id", "")
        inside = target if target.tag == "sup" else etree.SubElement(target, "sup")
        etree.SubElement(inside, "a", {"href": f"#{kind}-{number}"}).text = number

    def notes(self, target: Any) -> None:
        """Footnotes and endnotes, as a list at the end."""
        for kind in ("footnote", "endnote"):
            tree = self._part(self._related.get(f"{kind}s", ""))
            notes = [] if tree is None else [n for n in tree.iter(f"{_W}{kind}") if not n.get(f"{_W}type")]
            if notes:
                into = etree.SubElement(target, "ol")
                for note in notes:
                    self.blocks(note, etree.SubElement(into, "li", {"id": f"{kind}-{note.get(f'{_W}id')}"}))


def _dressed(look: Any, target: Any) -> Any:
    """The element below `target` that a run's text belongs in: bold, italic, raised ..."""
    for name, tag in _LOOK:
        flag = None if look is None else look.find(f"{_W}{name}")
        # Word underlines links by a run's own look; the page does it by itself.
        if flag is not None and flag.get(f"{_W}val", "1") not in _OFF and not (name == "u" and target.tag == "a"):
            target = etree.SubElement(target, tag)
    height = _HEIGHTS.get(_value(look, "vertAlign"))
    return etree.SubElement(target, height) if height else target


def _local(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _value(parent: Any, name: str, attribute: str = "val") -> str:
    """An attribute of a child, "" where either is missing."""
    child = None if parent is None else parent.find(f"{_W}{name}")
    return "" if child is None else child.get(f"{_W}{attribute}", "")


def _add(element: Any, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _above(element: Any, name: str) -> Any:
    """The nearest ancestor of that name."""
    return next(element.iterancestors(f"{_W}{name}"), None)
