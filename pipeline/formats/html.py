"""Saved HTML pages.

trafilatura finds where the article is; headings, paragraphs, list items, quotations, captions, table cells, image
descriptions, byline and date become units, and so do the page's title and descriptions for search engines. Menus,
asides, footers, scripts and styles stay as they are. A translation is put into the original page: every other byte is
kept. The page's own declaration of its encoding is believed where the bytes agree; translated pages are UTF-8.
"""

from __future__ import annotations

import re

from pipeline.files import decode
from pipeline.formats import _wording as wording
from pipeline.formats._assemble import assemble
from pipeline.formats._html_blocks import Candidate, Page, is_data_cell
from pipeline.formats._html_head import declared_encoding, head_units, localized
from pipeline.formats._html_region import article_blocks
from pipeline.formats._render import rendered
from pipeline.formats._runs import Block, Item
from pipeline.model import Article, Kind, Locale, Unit
from pipeline.text import encoding, tags

EXTENSIONS: tuple[str, ...] = (".html", ".htm", ".xhtml")

_VALUE = re.compile(r"=\s*$")


def read(data: bytes, path: str) -> Article:
    """Read a saved page.

    Raises:
        SanwenError: the file is empty, binary, or in an encoding that is neither UTF-8 nor the one that it declares.
    """
    content, name = _decoded(data, path)
    page = Page(content)
    chosen = article_blocks(content, page.candidates, page.depth)
    blocks = [each for each, is_in in zip(page.candidates, chosen, strict=True) if is_in]
    titled = any(each.level == 1 for each in blocks)
    heads = head_units(content, titled=titled)
    items: list[Item] = []
    done = 0
    placed: list[tuple[int, int, Item]] = [(start, start + len(unit.raw), unit) for start, unit in heads]
    placed += [(each.start, each.start + sum(len(run.raw) for run in each.runs), _block(each, page)) for each in blocks]
    for start, end, item in sorted(placed, key=lambda place: place[0]):
        items += [content[done:start], item]
        done = end
    items.append(content[done:])
    return Article(path, "html", assemble(items), name)


def _block(candidate: Candidate, page: Page) -> Block:
    kind = candidate.kind
    if kind is Kind.CELL and not is_data_cell(candidate, page.cells):
        kind = Kind.SENTENCE
    if kind in {Kind.AUTHOR, Kind.AFFILIATION, Kind.SUBTITLE, Kind.SECTION} and wording.longer(candidate.text, 40):
        kind = Kind.SENTENCE
    if kind is Kind.AUTHOR and wording.date(candidate.text):
        kind = Kind.DATE
    return Block(tuple(candidate.runs), kind, candidate.level)


def _decoded(data: bytes, path: str) -> tuple[str, str]:
    declared = declared_encoding(data)
    if encoding.problem(data) is not None and declared and b"\0" not in data:
        try:
            content = data.decode(declared)
            if content.encode(declared) == data:
                return content, declared
        except UnicodeError:
            pass  # the declaration is wrong: say what is the matter with the bytes
    return decode(data, path)


def write(article: Article, locale: Locale | None = None) -> bytes:
    """Write the page with its targets; the original page where there are none.

    With a locale, the page's `lang` becomes the locale's tag.

    Raises:
        SanwenError: the tags of a target are broken.
    """
    out: list[str] = []
    for part, text in rendered(article, lambda unit: unit.target):
        if isinstance(part, Unit) and part.target:
            out.append(_attribute(part) if out and _in_attribute(part, out[-1]) else _content(part))
        else:
            out.append(text)
    page = "".join(out)
    changed = locale is not None or any(unit.target for unit in article.units())
    name = article.encoding
    if changed and not name.startswith("utf-8"):
        name = "utf-8"
    if changed:
        page = localized(page, locale, charset=name != article.encoding)
    return page.encode(name)


def _in_attribute(unit: Unit, before: str) -> bool:
    """Whether a unit is an attribute's value: text never follows an equals sign, for a unit begins at a word or tag."""
    return bool(_VALUE.search(before[-40:])) and unit.kind in {Kind.META, Kind.CAPTION, Kind.TITLE, Kind.AUTHOR}


def _attribute(unit: Unit) -> str:
    quote = unit.raw[0] if unit.raw[0] in "\"'" else '"'
    value = " ".join(unit.target.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return quote + value.replace(quote, "&quot;" if quote == '"' else "&#39;") + quote


def _content(unit: Unit) -> str:
    return tags.render(" ".join(unit.target.split()), unit.marks, _escape)


def _escape(literal: str) -> str:
    return literal.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
