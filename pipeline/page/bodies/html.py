"""HTML: the saved page as it is; what is not the article has no units and is cleaned away later."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree, html

from pipeline.page.markers import printable

_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")


def body(data: bytes, encoding: str) -> Any:
    """The page as a tree."""
    text = printable(data.decode(encoding, "replace").removeprefix("\ufeff"))
    try:
        return html.document_fromstring(_DECLARATION.sub("", text))
    except etree.ParserError:  # a page without an element
        return html.Element("html")


def fragment(text: str) -> Any:
    """A piece of HTML as the tree of a `div`."""
    return html.fragment_fromstring(printable(text), create_parent="div")
