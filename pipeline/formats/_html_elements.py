"""What an HTML element's name, class and role say about the text in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pipeline.formats._html_tokens import Attribute
from pipeline.model import Kind

BLOCKS = frozenset(
    ["address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "dir", "div",
     "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3", "h4", "h5",
     "h6", "head", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre",
     "search", "section", "summary", "table", "caption", "colgroup", "tbody", "td", "tfoot", "th", "thead", "tr",
     "ul", "noscript", "template", "svg", "math", "object", "canvas", "audio", "video", "select", "option",
     "optgroup", "button", "textarea", "meta", "link", "base", "script", "style", "xmp", "iframe", "noembed",
     "noframes", "title", "map", "applet", "datalist"]
)  # fmt: skip
VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
NEVER = frozenset(
    ["script", "style", "noscript", "template", "svg", "math", "object", "canvas", "audio", "video", "select",
     "option", "optgroup", "button", "textarea", "xmp", "iframe", "noembed", "noframes", "title", "map",
     "applet", "datalist", "head", "pre"]
)  # fmt: skip
_ASIDE = frozenset(["nav", "footer", "aside", "dialog", "menu", "search"])
_ASIDE_ROLES = frozenset(["navigation", "complementary", "contentinfo", "search", "banner", "dialog", "alert", "menu"])
_KINDS = {
    "li": Kind.ITEM,
    "dd": Kind.ITEM,
    "dt": Kind.ITEM,
    "blockquote": Kind.QUOTE,
    "figcaption": Kind.CAPTION,
    "caption": Kind.CAPTION,
    "td": Kind.CELL,
    "th": Kind.CELL,
}
_INLINE_KINDS = {"strong": "b", "em": "i", "del": "s", "strike": "s", "cite": "i", "ins": "u", "span": "s"}
ATOMIC = frozenset(["code", "kbd", "samp", "var", "tt"])
CLOSED_BY = {  # elements that end where another of these begins
    "li": frozenset(["li"]),
    "dt": frozenset(["dt", "dd"]),
    "dd": frozenset(["dt", "dd"]),
    "td": frozenset(["td", "th"]),
    "th": frozenset(["td", "th"]),
    "tr": frozenset(["td", "th", "tr"]),
    "option": frozenset(["option"]),
}
SCOPES = frozenset(["table", "ul", "ol", "dl", "menu", "select", "td", "th"])
_TAIL_CLASS = re.compile(
    r"(?:.*[-_])?(?:related|share|sharing|social|newsletter|comments?|respond|sidebar|advert(?:isement)?s?|ads?|promos?"
    r"|breadcrumbs?|cookies?|nav(?:bar|igation)?|menus?|pagination|pager|toolbar|tags|footer|subscribe|recommend(?:ed|ations)?"
    r"|popular|trending|languages?|skip[-_]link|sr-only|visually-hidden|backtotop|back-to-top)"
    r"(?:[-_](?:links?|list|bar|box|buttons?|area|section|container|wrapper|posts|articles|widget|icons?|form|switch(?:er)?))*",
    re.IGNORECASE,
)
_CLASS_KINDS = tuple(
    (re.compile(rf"(?:.*[-_])?(?:{names})", re.IGNORECASE), kind)
    for names, kind in (
        (r"affiliations?|job-?title|author[-_](?:title|position|affiliation|role)", Kind.AFFILIATION),
        (r"by-?lines?|authors?|writers?|author[-_]names?|contributors?", Kind.AUTHOR),
        (r"sub-?title|sub-?headline|dek|deck|standfirst|tagline", Kind.SUBTITLE),
        (r"section[-_](?:name|label|title)|kicker|eyebrow|category|rubric|topic|channel", Kind.SECTION),
        (r"(?:foot-?notes?|end-?notes?|references)(?:[-_]list)?", Kind.NOTE),
        (r"caption|wp-caption-text", Kind.CAPTION),
    )
)
_SILENT = frozenset(["time", "font", "abbr", "acronym", "nobr", "bdi", "bdo", "o:p", "ruby", "data"])  # dress nothing
_FRESH = frozenset(["article", "main", "section", "table", "ul", "ol"])
_CLASSES = 20  # of an element are looked at, and so many characters of each
_CLASS_CHARS = 60


def classes(found: Mapping[str, Attribute]) -> list[str]:
    """The words of an element's class, id, itemprop and rel."""
    words = " ".join(found[key].value for key in ("class", "id", "itemprop", "rel") if key in found).split()
    return [word[:_CLASS_CHARS] for word in words[:_CLASSES]]


def is_aside(name: str, found: Mapping[str, Attribute], words: Sequence[str]) -> bool:
    """Whether an element's text stands beside the article: menus, page feet, boxes, what is hidden."""
    role = found["role"].value.lower() if "role" in found else ""
    style = found["style"].value.replace(" ", "").lower() if "style" in found else ""
    hidden = "hidden" in found or "display:none" in style
    return name in _ASIDE or role in _ASIDE_ROLES or hidden or any(_TAIL_CLASS.fullmatch(word) for word in words)


def kind(name: str, words: Sequence[str], above: Kind | None) -> Kind | None:
    """The kind of text in an element with these classes; `above` is that of the element around it."""
    if name in _KINDS and above is not Kind.NOTE:
        return _KINDS[name]
    for pattern, named in _CLASS_KINDS:
        if any(pattern.fullmatch(word) for word in words):
            return named
    return None if name in _FRESH and above is not Kind.NOTE else above


def inline_kind(name: str) -> str:
    """The kind of mark that an inline element makes; empty where translated text does without it."""
    if name in _SILENT:
        return ""
    shown = _INLINE_KINDS.get(name, name)
    return shown if re.fullmatch(r"[a-z]{1,16}", shown) else "x"
