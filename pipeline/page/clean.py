"""From any HTML tree to the article alone, in a small, safe part of HTML.

Kept is what holds a unit of the body, and what belongs to such a block: a table's other cells, a list's other items.
Only the elements and attributes named here come through; what else there is loses its tag and keeps its text. The
result is a new tree, so nothing slips through by being overlooked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from lxml import etree

from pipeline.page.links import safe_href, safe_image
from pipeline.page.markers import numbers, printable, without

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_PARAGRAPHS = frozenset({"p", "dt", "dd", "figcaption", "caption", "li", "td", "th", "pre", *_HEADINGS})
_CONTAINERS = frozenset(
    {"ul", "ol", "dl", "blockquote", "figure", "table", "thead", "tbody", "tfoot", "tr"},
)
_TABLE = frozenset({"thead", "tbody", "tfoot", "tr", "td", "th"})
_INLINE = {"strong": "strong", "b": "strong", "em": "em", "i": "em", "cite": "cite", "q": "q", "code": "code"} | {
    name: name for name in ("kbd", "samp", "sup", "sub", "s", "del", "ins", "u", "mark", "small", "abbr", "dfn", "var")
}
_DROPPED = frozenset(
    {
        "script",
        "style",
        "template",
        "noscript",
        "head",
        "title",
        "iframe",
        "frame",
        "frameset",
        "object",
        "embed",
        "applet",
    }
    | {
        "svg",
        "math",
        "canvas",
        "audio",
        "video",
        "source",
        "track",
        "map",
        "area",
        "nav",
        "dialog",
        "link",
        "meta",
        "base",
    }
    | {"form", "button", "input", "select", "textarea"}
)
_SPLICED = frozenset(  # blocks that mean nothing by themselves: their content takes their place
    {"html", "body", "div", "section", "article", "main", "header", "footer", "aside", "address", "details", "summary"}
    | {"hgroup", "center", "fieldset"}
)


def clean(tree: Any, body: Collection[int], *, keep_ids: str) -> Any:
    """The article's content as the children of a new `div`.

    `body` holds the numbers of the units that belong there; blocks that hold no such unit are left out. Ids and the
    links to them get the prefix `keep_ids`, so that several editions can stand on one page.
    """
    result = etree.Element("div")
    wanted = set(body)
    start = _common(tree, wanted)
    if start is not None:
        _Cleaner(wanted, keep_ids).blocks(start, result)
        _level(result)
    return result


class _Cleaner:
    """Copies what is kept of a tree into another."""

    def __init__(self, body: Collection[int], prefix: str) -> None:
        self._body = body
        self._prefix = prefix

    def _holds(self, element: Any) -> bool:
        return any(number in self._body for text in _texts(element) for number in numbers(text))

    def blocks(self, source: Any, target: Any) -> None:
        """Copy the blocks below `source`; text that stands among them becomes paragraphs."""
        loose = etree.Element("p")
        _append_text(loose, source.text)
        for child in source:
            name = _name(child)
            if name in _SPLICED or name in _PARAGRAPHS or name in _CONTAINERS or name == "hr":
                self._settle(loose, target)
                loose = etree.Element("p")
                if name != "hr":
                    self._block(child, name, target)
            else:
                self._inline(child, name, loose)
            _append_text(loose, child.tail)
        self._settle(loose, target)

    def _settle(self, loose: Any, target: Any) -> None:
        if self._holds(loose) or loose.find(".//img[@data-unit]") is not None:
            target.append(loose)
            if target.tag == "figure" and len(loose) == 1 and loose[0].tag == "img":
                target.replace(loose, loose[0])

    def _block(self, child: Any, name: str, target: Any) -> None:
        if not self._holds(child):
            return
        if name in _SPLICED:
            self.blocks(child, target)
        elif name in _PARAGRAPHS and not _has_blocks(child):
            self._content(child, etree.SubElement(target, name, self._attributes(child, name)))
        elif name in {"p", "pre", *_HEADINGS}:  # a paragraph that the parser let hold blocks
            self.blocks(child, target)
        elif name in {"table", *_TABLE}:
            self._table(child, etree.SubElement(target, name))
        elif name in {"ul", "ol", "dl"}:
            self._list(child, etree.SubElement(target, name, self._attributes(child, name)))
        else:
            self.blocks(child, etree.SubElement(target, name, self._attributes(child, name)))

    def _list(self, source: Any, target: Any) -> None:
        for child in source:
            name = _name(child)
            if name in {"li", "dt", "dd"}:
                item = etree.SubElement(target, name, self._attributes(child, name))
                self._item(child, item)
            elif name in {"ul", "ol", "div"}:
                self._block(child, name, target if name == "div" or len(target) == 0 else target[-1])

    def _item(self, source: Any, target: Any) -> None:
        if _has_blocks(source) and self._holds(source):
            self.blocks(source, target)
            if len(target) and target[0].tag == "p" and (len(target) == 1 or target[1].tag in {"ul", "ol"}):
                _unwrap(target, target[0])
        else:
            self._content(source, target)

    def _table(self, source: Any, target: Any) -> None:
        for child in source:
            name = _name(child)
            if name in {"td", "th", "caption"}:
                self._item(child, etree.SubElement(target, name, self._attributes(child, name)))
            elif name in _TABLE and (name != "tr" or any(_name(cell) in {"td", "th"} for cell in child)):
                self._table(child, etree.SubElement(target, name))

    def _content(self, source: Any, target: Any) -> None:
        _append_text(target, source.text)
        for child in source:
            self._inline(child, _name(child), target)
            _append_text(target, child.tail)

    def _inline(self, child: Any, name: str, target: Any) -> None:
        if name == "br":
            etree.SubElement(target, "br")
        elif name == "img":
            self._image(child, target)
        elif name == "a":
            href = safe_href(child.get("href", ""), self._prefix)
            attributes = ({"href": href} if href else {}) | self._attributes(child, name)
            self._content(child, etree.SubElement(target, "a" if href else "span", attributes))
        elif name in _INLINE:
            self._content(child, etree.SubElement(target, _INLINE[name], self._attributes(child, name)))
        elif name and name not in _DROPPED:
            self._content_spliced(child, target)

    def _content_spliced(self, source: Any, target: Any) -> None:
        _append_text(target, source.text)
        for child in source:
            self._inline(child, _name(child), target)
            _append_text(target, child.tail)

    def _image(self, child: Any, target: Any) -> None:
        alt, source = printable(child.get("alt", "")).strip(), safe_image(child.get("src", ""))
        if source:
            found = numbers(alt)
            attributes = {"data-unit": str(found[0])} if found else {}
            etree.SubElement(target, "img", {"src": source, "alt": without(alt), **attributes})
        elif alt:
            etree.SubElement(target, "span", {"class": "picture"}).text = alt

    def _attributes(self, element: Any, name: str) -> dict[str, str]:
        found = {}
        if element.get("id"):
            found["id"] = self._prefix + "".join(printable(element.get("id")).split())
        if name == "p" and element.get("class") == "caption":
            found["class"] = "caption"
        if name in {"td", "th"}:
            found |= {a: element.get(a) for a in ("colspan", "rowspan") if element.get(a, "").isdecimal()}
            if "right" in element.get("align", "") + element.get("style", ""):
                found["class"] = "number"
        if name == "ol" and element.get("start", "").isdecimal():
            found["start"] = element.get("start")
        return found


def _name(element: Any) -> str:
    return element.tag.lower() if isinstance(element.tag, str) else ""


def _texts(element: Any) -> Iterator[str]:
    """All text of an element, alternative texts of pictures too."""
    for node in element.iter():
        if _name(node) == "img":
            yield node.get("alt", "")
        if node.text and _name(node):
            yield node.text
        if node.tail and node is not element:
            yield node.tail


def _common(tree: Any, body: set[int]) -> Any:
    """The smallest element that holds all of the body."""
    here = tree
    found = {n for text in _texts(tree) for n in numbers(text)} & body
    while found:
        inside = [c for c in here if _name(c) and found <= {n for text in _texts(c) for n in numbers(text)}]
        if not inside or _name(inside[0]) not in _SPLICED:
            return here
        here = inside[0]
    return None


def _has_blocks(element: Any) -> bool:
    return any(_name(each) in _PARAGRAPHS | _CONTAINERS | _SPLICED for each in element.iterdescendants())


def _append_text(target: Any, text: str | None) -> None:
    if not text:
        return
    text = printable(text)
    if len(target):
        target[-1].tail = (target[-1].tail or "") + text
    else:
        target.text = (target.text or "") + text


def _unwrap(parent: Any, child: Any) -> None:
    """Put a parent's first child's content in its place."""
    tail, inner = child.tail, list(child)
    _append_text(parent, None)
    parent.text = (parent.text or "") + (child.text or "")
    index = parent.index(child)
    parent.remove(child)
    for offset, each in enumerate(inner):
        parent.insert(index + offset, each)
    if tail:
        if inner:
            inner[-1].tail = (inner[-1].tail or "") + tail
        else:
            parent.text += tail


def _level(body: Any) -> None:
    """Number headings from h2 down without holes: h1 is the page's title."""
    levels = sorted({int(e.tag[1]) for e in _headings(body)})
    for element in list(_headings(body)):
        element.tag = f"h{min(6, 2 + levels.index(int(element.tag[1])))}"


def _headings(body: Any) -> Iterable[Any]:
    return (e for e in body.iter() if e.tag in _HEADINGS)
