"""Build the page: each edition is written in the article's own format, read back as HTML, cleaned and set side by side.

Going through the format's writer keeps what units do not say: which list is numbered, where a table's rows end, that a
whole sentence is emphasised, figures that need no translation.
"""

from __future__ import annotations

import base64
import hashlib
import importlib
import pkgutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import PurePath
from string import Template
from typing import Any
from urllib.parse import quote

from lxml import etree, html

from pipeline import plugins
from pipeline.errors import SanwenError
from pipeline.model import Article, Kind, Locale, State, Unit
from pipeline.page import bodies, header, spans, styles
from pipeline.page.bodies import _units as bare
from pipeline.page.clean import clean
from pipeline.page.markers import marked
from pipeline.page.words import asset, words

ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Edition:
    """The article in one language: the units with their targets, and the locale; None is English."""

    units: Sequence[Unit]
    locale: Locale | None = None

    @property
    def tag(self) -> str:
        """The BCP 47 tag of its language."""
        return ENGLISH if self.locale is None else self.locale.tag

    def attributes(self, number: int) -> dict[str, str]:
        """What the span of a unit says of its state. Approved text needs no remark."""
        unit = self.units[number]
        if self.locale is None or (unit.target and unit.state is State.APPROVED):
            return {}
        if unit.target:
            return {"data-state": "draft", "title": words(self.tag)["draft"]}
        return {"data-state": "new", "lang": ENGLISH, "title": words(self.tag)["missing"]}


def build(
    article: Article,
    targets: Mapping[str, Article],
    locales: Mapping[str, Locale],
    *,
    name: str = "",
    site: str = "",
    initial: str = "",
) -> str:
    """One self-contained HTML page with the article in English and in every locale of `targets`.

    Args:
        article: The article as it was read.
        targets: For each locale's code the same article with targets and states in its units. Units that have none are
            shown in English and marked so; drafts are marked as drafts.
        locales: The locales by code; it may hold more than `targets`.
        name: The page's file name without `.html`; the editions are published beside it as `<code>/<name>.<suffix>`.
        site: The address of the folder that the page is published in, for `hreflang`; empty: relative links.
        initial: The code of the language that is shown first, "en" for English; empty: the first of `targets`.

    Raises:
        SanwenError: a target is not of this article, a locale is unknown, or the format's writer refuses a target.
    """
    editions = [Edition(article.units())]
    for code, target in targets.items():
        _same(article, target, code, locales)
        editions.append(Edition(target.units(), locales[code]))
    first = _initial(editions, initial, article)
    head = header.read(article.units())
    articles = [_article(article, edition, head) for edition in editions]
    chosen = [locale for edition in editions if (locale := edition.locale)]
    style = styles.style_sheet(chosen, max(len(each) for each in articles))
    script = asset("page.js")
    said = words(first.tag)
    return Template(asset("page.html")).substitute(
        lang=first.tag,
        title=escape(articles[editions.index(first)].get("data-title", "")),
        head="\n".join([*_head(first, head), *_alternates(article, editions, name, site)]),
        language=escape(said["language"]),
        switch="\n".join(_switch(edition, first, chosen) for edition in editions),
        parallel=_toggle(editions) if chosen else "",
        articles="\n".join(html.tostring(each, encoding="unicode") for each in articles),
        style=style,
        style_hash=_hash(style),
        script=script,
        script_hash=_hash(script),
    )


def _same(article: Article, target: Article, code: str, locales: Mapping[str, Locale]) -> None:
    if code not in locales:
        known = ", ".join(sorted(locales))
        raise SanwenError(f"there is no locale '{code}'", file=article.path, remedy=f"Known: {known}")
    if [unit.source for unit in article.units()] != [unit.source for unit in target.units()]:
        raise SanwenError(f"the {code} edition is of another text", file=article.path, remedy="Read the article again")


def _initial(editions: Sequence[Edition], initial: str, article: Article) -> Edition:
    if not initial:
        return editions[min(1, len(editions) - 1)]
    for edition in editions:
        if initial == (ENGLISH if edition.locale is None else edition.locale.code):
            return edition
    raise SanwenError(f"the page has no edition '{initial}' to show first", file=article.path)


def _article(article: Article, edition: Edition, head: header.Header) -> Any:
    """One edition as an `article` element: its header, then its blocks."""
    english = edition.locale is None
    body = _body(article, edition, head)
    placed = spans.place(body, edition.attributes)
    lost = [number for number in head.body if number not in placed]
    if lost:  # in parts of the file that have no place in a page: text boxes, headers of a page, ...
        rest = bare.body(edition.units, lost, english=english)
        spans.place(rest, edition.attributes)
        body.extend(list(rest))
    title = " ".join(header.plain(edition.units[n], english=english) for n in head.title)
    result = etree.Element("article", {"id": edition.tag, "lang": edition.tag, "data-title": title})
    result.append(header.render(head, edition.units, edition.attributes, english=english))
    for block in list(body):
        result.append(_framed(block, edition.tag) if block.tag == "table" else block)
    _notes(result, article.units(), edition.tag)
    _notice(result, edition)
    if not english:
        spans.emphasise(result)
    return result


def _body(article: Article, edition: Edition, head: header.Header) -> Any:
    english = edition.locale is None
    prefix = f"{edition.tag}-"
    known = {module.name for module in pkgutil.iter_modules(bodies.__path__)}
    if article.format not in known or article.format.startswith("_"):
        return clean(bare.body(edition.units, head.body, english=english), head.body, keep_ids=prefix)
    written = _write(replace(marked(article, None if english else edition.units), encoding="utf-8"), edition.locale)
    module = importlib.import_module(f"{bodies.__name__}.{article.format}")
    return clean(module.body(written, "utf-8"), head.body, keep_ids=prefix)


def _write(article: Article, locale: Locale | None) -> bytes:
    written: bytes = plugins.load("formats", article.format).write(article, locale)
    return written


def _notice(result: Any, edition: Edition) -> None:
    """Say above the text how much of it nobody has reviewed. Where that is all, sentences need no mark of their own."""
    shown = [unit for unit in edition.units if unit.kind is not Kind.META]
    drafts = sum(1 for unit in shown if not unit.target or unit.state is not State.APPROVED)
    if edition.locale is None or not drafts:
        return
    notice = etree.SubElement(result.find("header"), "p", {"class": "notice", "data-state": "drafts"})
    said = words(edition.tag)
    notice.text = said["drafts"].format(count=drafts, total=len(shown)) if drafts < len(shown) else said["draft"]
    if drafts == len(shown):
        result.set("class", "unreviewed")
        for draft in result.iterfind(".//*[@data-state='draft']"):
            draft.attrib.pop("title", None)


def _framed(table: Any, tag: str) -> Any:
    """A table may be wider than a telephone: it scrolls in a frame, which the keyboard can reach."""
    frame = etree.Element("div", {"class": "table", "tabindex": "0", "lang": tag})
    frame.append(table)
    return frame


def _notes(result: Any, units: Sequence[Unit], tag: str) -> None:
    """Gather the blocks of notes at the end into a section of their own."""

    def is_note(block: Any) -> bool:
        found = [int(each.get("data-unit")) for each in block.iter() if each.get("data-unit")]
        return block.tag != "header" and bool(found) and all(units[n].kind is Kind.NOTE for n in found)

    notes = [block for block in result if is_note(block)]
    if notes:
        section = etree.SubElement(result, "section", {"class": "notes"})
        etree.SubElement(section, "h2").text = words(tag)["notes"]
        section.extend(notes)


def _head(first: Edition, head: header.Header) -> Iterator[str]:
    english = first.locale is None
    for name, numbers in (("description", head.description), ("author", [person[0] for person in head.people])):
        if numbers:
            text = ", ".join(header.plain(first.units[number], english=english) for number in numbers)
            yield f'<meta name="{name}" content="{escape(text)}">'


def _alternates(article: Article, editions: Sequence[Edition], name: str, site: str) -> Iterator[str]:
    """Links to every edition: its own page where it has one, else its place on this page."""
    folder = f"{site.rstrip('/')}/" if site else ""
    here = f"{folder}{quote(name)}.html" if name and site else ""
    suffix = PurePath(article.path).suffix
    own_pages = article.format == "html" and bool(name)
    for edition in editions:
        address = f"{here}#{edition.tag}"
        if own_pages and edition.locale is not None:
            address = f"{folder}{edition.locale.code}/{quote(name + suffix)}"
        yield f'<link rel="alternate" hreflang="{escape(edition.tag)}" href="{escape(address)}">'
    yield f'<link rel="alternate" hreflang="x-default" href="{escape(here or "#en")}">'


def _switch(edition: Edition, first: Edition, locales: Sequence[Locale]) -> str:
    label = "English" if edition.locale is None else short_label(edition.locale, locales)
    tag = escape(edition.tag)
    checked = " checked" if edition is first else ""
    return (
        f'<label lang="{tag}"><input type="radio" name="language" value="{tag}"{checked} aria-controls="{tag}">'
        f"<span>{escape(label)}</span></label>"
    )


def short_label(locale: Locale, locales: Sequence[Locale]) -> str:
    """A locale's label; without its bracketed region ("繁體（台灣）") where no other locale has the same name."""
    name = locale.label.partition("（")[0]
    same = [each for each in locales if each.label.partition("（")[0] == name]
    return name if name and len(same) == 1 else locale.label or locale.code


def _toggle(editions: Sequence[Edition]) -> str:
    """The box for two columns, named in every language; the style sheet shows the name in the reader's."""
    names = "".join(
        f'<b lang="{escape(edition.tag)}">{escape(words(edition.tag)["parallel"])}</b>' for edition in editions
    )
    return f'<label class="toggle"><input type="checkbox" id="parallel"><span>{names}</span></label>'


def _hash(text: str) -> str:
    """The source expression of a content security policy for an inline style or script."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
