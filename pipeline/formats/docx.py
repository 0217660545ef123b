"""Word documents (DOCX).

Units are paragraphs, headings, list items, table cells, text boxes, footnotes and endnotes, and the title among the
document's properties.

Runs of equal formatting read as one text; bold, italic, links, notes, fields, tabs and pictures become tags. Deleted
text of tracked changes, headers and footers, comments and tables of contents stay as they are. Only the XML of
translated paragraphs changes: all else in the file, member by member, is kept. A unit's "line" is the number of its
paragraph. Old .doc files and encrypted ones are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.errors import SanwenError
from pipeline.formats._assemble import assemble
from pipeline.formats._docx_blocks import items
from pipeline.formats._docx_package import Package
from pipeline.formats._docx_render import Finisher, Renderer
from pipeline.formats._docx_xml import Dialect, escape, unescape
from pipeline.formats._render import rendered
from pipeline.formats._runs import Item
from pipeline.formats._units import fold
from pipeline.model import Article, Kind, Locale, Member, Part, Unit

EXTENSIONS: tuple[str, ...] = (".docx",)

_PROPERTY = re.compile(r"(<dc:(?:title|subject|description)(?:\s[^>]*)?>)([^<]+)(?=</dc:)")
_PARAGRAPH = re.compile(r"<(?:[\w.-]+:)?p(?=[\s>])")
_TEXT_MEMBERS = ("document", "footnotes", "endnotes")


def read(data: bytes, path: str) -> Article:
    """Read a Word document.

    Raises:
        SanwenError: this is no DOCX file, or one that is damaged, encrypted, or made to do harm.
    """
    package = Package(data, path)
    styles = _style_names(package)
    found: list[Item] = []
    for role in _TEXT_MEMBERS:
        if role in package.parts:
            name = package.parts[role]
            found += [Member(name), *items(package.xml(name), styles, notes=role != "document")]
    if "core" in package.parts:
        name = package.parts["core"]
        found += [Member(name), *_properties(package.xml(name))]
    return Article(path, "docx", tuple(_numbered(assemble(found))), blob=data)


def _numbered(parts: Sequence[Part]) -> Iterator[Part]:
    """Number units by paragraphs: their XML has no lines that anybody sees."""
    count = 0
    for part in parts:
        if isinstance(part, Member):
            count = 0
        if isinstance(part, Unit):
            yield replace(part, line=max(1, count))
        else:
            yield part
        count += len(_PARAGRAPH.findall(str(part)))


def _style_names(package: Package) -> dict[str, str]:
    """The names of the paragraph styles by their ids."""
    if "styles" not in package.parts:
        return {}
    names = {}
    for style in package.tree(package.parts["styles"]):
        if not isinstance(style.tag, str) or not style.tag.endswith("}style"):
            continue
        space = style.tag[: -len("style")]
        name = style.find(f"{space}name")
        names[style.get(f"{space}styleId", "")] = name.get(f"{space}val", "") if name is not None else ""
    return names


def _properties(xml: str) -> Iterator[Item]:
    last = 0
    for match in _PROPERTY.finditer(xml):
        source = fold(unescape(match[2]))
        if any(map(str.isalpha, source)):
            yield xml[last : match.start(2)]
            yield Unit(source, match[2], Kind.META)
            last = match.end(2)
    yield xml[last:]


def write(article: Article, locale: Locale | None = None) -> bytes:
    """Write the document with its targets; the original file where there are none.

    With a locale, runs that receive Chinese are marked as Chinese and get a Chinese font.

    Raises:
        SanwenError: the tags of a target are broken.
    """
    if not any(unit.target for unit in article.units()):
        return article.blob
    package = Package(article.blob, article.path)
    changed: dict[str, bytes] = {}
    for name, parts in _by_member(article).items():
        if not any(isinstance(part, Unit) and part.target for part in parts):
            continue
        changed[name] = _member(parts, article, locale).encode()
        _confirm(package, name, changed[name])
    return package.replaced(changed)


def _by_member(article: Article) -> dict[str, list[Part]]:
    members: dict[str, list[Part]] = {}
    current: list[Part] = []
    for part in article.parts:
        if isinstance(part, Member):
            current = members.setdefault(part.name, [])
        else:
            current.append(part)
    return members


def _member(parts: list[Part], article: Article, locale: Locale | None) -> str:
    dialect = Dialect("".join(map(str, parts)))
    renderer = Renderer(dialect)
    core = not any(isinstance(part, Unit) and part.kind is not Kind.META for part in parts)

    def render(unit: Unit) -> str:
        return escape(" ".join(unit.target.split())) if core else renderer.unit(unit)

    out: list[str] = []
    touched: list[int] = []  # offsets of the translated units
    position = 0
    for part, text in rendered(Article(article.path, "docx", tuple(parts)), render):
        if isinstance(part, Unit) and part.target:
            touched.append(position)
        out.append(text)
        position += len(text)
    written = "".join(out)
    return written if core else _finished(written, touched, Finisher(dialect, locale), dialect)


def _finished(xml: str, touched: list[int], finisher: Finisher, dialect: Dialect) -> str:
    """Tidy the paragraphs that hold the given offsets."""
    start_tag = re.compile(rf"<{re.escape(dialect.prefix)}p(?=[\s>])")
    end_tag = f"</{dialect.prefix}p>"
    out: list[str] = []
    done = 0
    starts = [match.start() for match in start_tag.finditer(xml)]
    place = 0
    for offset in touched:
        if offset < done:
            continue
        while place + 1 < len(starts) and starts[place + 1] <= offset:
            place += 1
        begin = max(done, starts[place] if starts else 0)
        end = xml.find(end_tag, offset)
        end = len(xml) if end < 0 else end
        out += [xml[done:begin], finisher.paragraph(xml[begin:end])]
        done = end
    return "".join([*out, xml[done:]])


def _confirm(package: Package, name: str, data: bytes) -> None:
    """Refuse to write a member that Word could not open."""
    from lxml import etree  # noqa: PLC0415 (slow to import)

    try:
        etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError as error:
        raise SanwenError(f"writing {name} would give broken XML: {error}", file=package.path) from error
