"""The head of an HTML page: its title and descriptions, the encoding and language that it declares."""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Iterator
from contextlib import suppress

from pipeline.formats._html_tokens import Sort, Token, attributes, tokens
from pipeline.formats._units import fold
from pipeline.model import Kind, Locale, Unit

_META = {
    "description": Kind.META,
    "keywords": Kind.META,
    "author": Kind.AUTHOR,
    "og:title": Kind.META,
    "og:description": Kind.META,
    "twitter:title": Kind.META,
    "twitter:description": Kind.META,
    "dc.title": Kind.META,
    "dc.description": Kind.META,
    "abstract": Kind.META,
}
_CHARSET = re.compile(rb"<meta\b[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml\b[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.-]+)")
_CHARSET_TEXT = re.compile(r"(charset\s*=\s*[\"']?\s*)[A-Za-z0-9_:.-]+", re.IGNORECASE)
_XML_TEXT = re.compile(r"(encoding\s*=\s*[\"'])[A-Za-z0-9_.-]+", re.IGNORECASE)
# What browsers take these labels for (the WHATWG Encoding Standard).
_BROWSERS = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932"}
_PRESCAN = 4096  # bytes in which a declaration must stand


def declared_encoding(data: bytes) -> str | None:
    """Python's name of the encoding that a page declares; None where it declares none, or one that Python lacks."""
    match = _XML.match(data[:_PRESCAN]) or _CHARSET.search(data[:_PRESCAN])
    if match:
        with suppress(LookupError):
            name = codecs.lookup(match[1].decode("ascii")).name
            return _BROWSERS.get(name, name)
    return None


def head_units(page: str, *, titled: bool) -> list[tuple[int, Unit]]:
    """The units of the page's head, each with its offset. Its title is the article's where the body has none."""
    return [(start, unit) for start, unit in _head(page, titled=titled) if any(map(str.isalpha, unit.source))]


def _head(page: str, *, titled: bool) -> Iterator[tuple[int, Unit]]:
    before: Token | None = None
    for token in tokens(page):
        if token.sort is Sort.OPEN and token.name == "body":
            return
        if token.sort is Sort.OPEN and token.name == "meta":
            yield from _meta(token)
        elif token.sort is Sort.TEXT and before is not None and before.name == "title" and before.sort is Sort.OPEN:
            bare = token.raw.strip()
            start = token.start + len(token.raw) - len(token.raw.lstrip())
            yield start, Unit(fold(html.unescape(bare)), bare, Kind.META if titled else Kind.TITLE)
        elif token.sort is Sort.OPEN and token.name in {"h1", "p", "article", "svg"}:
            return
        before = token


def _meta(token: Token) -> Iterator[tuple[int, Unit]]:
    found = attributes(token.raw)
    name = next((found[key].value.lower() for key in ("name", "property", "itemprop") if key in found), "")
    content = found.get("content")
    if name in _META and content is not None and content.value:
        raw = token.raw[content.start : content.end]
        yield token.start + content.start, Unit(fold(content.value), raw, _META[name])


def localized(page: str, locale: Locale | None, *, charset: bool) -> str:
    """Set the language that a page declares and, with `charset`, UTF-8 as its encoding."""
    out: list[str] = []
    done = 0
    for token in tokens(page):
        if token.sort is Sort.OPEN and token.name == "body":
            break
        raw = token.raw
        if token.sort is Sort.OPEN and token.name == "html" and locale is not None:
            raw = _with_language(raw, locale.tag)
        elif token.sort is Sort.OPEN and token.name == "meta":
            raw = _meta_localized(raw, locale, charset=charset)
        elif charset and token.sort is Sort.OTHER and raw.startswith("<?xml"):
            raw = _XML_TEXT.sub(r"\g<1>utf-8", raw)
        if raw is not token.raw:
            out += [page[done : token.start], raw]
            done = token.end
    return "".join([*out, page[done:]])


def _with_language(tag: str, language: str) -> str:
    found = attributes(tag)
    places = sorted((found[name].start, found[name].end) for name in ("lang", "xml:lang") if name in found)
    for start, end in reversed(places):
        if end > start:
            tag = f'{tag[:start]}"{language}"{tag[end:]}'
    if "lang" not in found:
        tag = f'{tag[:5]} lang="{language}"{tag[5:]}'
    return tag


def _meta_localized(raw: str, locale: Locale | None, *, charset: bool) -> str:
    found = attributes(raw)
    equiv = found["http-equiv"].value.lower() if "http-equiv" in found else ""
    if charset and ("charset" in found or equiv == "content-type"):
        return _CHARSET_TEXT.sub(r"\g<1>utf-8", raw)
    content = found.get("content")
    if locale is None or content is None:
        return raw
    name = next((found[key].value.lower() for key in ("name", "property") if key in found), "")
    value = {"content-language": locale.tag}.get(equiv) or {"og:locale": locale.code, "language": locale.tag}.get(name)
    return f'{raw[: content.start]}"{value}"{raw[content.end :]}' if value else raw
