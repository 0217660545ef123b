"""Markdown: CommonMark with tables, strikethrough and footnotes, without the front matter.

HTML inside it passes through, to be cleaned later.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

from lxml import etree
from markdown_it import MarkdownIt

from pipeline.page.bodies.html import fragment

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline

_FRONT_MATTER = re.compile(r"\A\ufeff?(---|\+\+\+)[ \t]*\r?\n.*?^\1[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_REFERENCE = re.compile(r"\[\^([^\]\s]+)\](?!:)")
# A footnote's text: a paragraph of its own here, lest CommonMark takes it for the address of a link.
_NOTE_LINE = re.compile(r"^ {0,3}\[(\^[^\]\s]+\]:)", re.MULTILINE)
_NOTE = re.compile(r"\[\^([^\]\s]+)\]:\s*")


def body(data: bytes, encoding: str) -> Any:
    """The document as an HTML tree, its footnotes at the end."""
    text = _FRONT_MATTER.sub("", data.decode(encoding, "replace"), count=1)
    markdown = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    markdown.inline.ruler.before("link", "footnote_ref", _reference)
    tree = fragment(markdown.render(_NOTE_LINE.sub(r"\n\\[\1", text)))
    _gather(tree)
    return tree


def _reference(state: StateInline, silent: bool) -> bool:
    """An inline rule of markdown-it: `[^1]` is a link to the footnote."""
    match = _REFERENCE.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        name = escape(match[1])
        state.push("html_inline", "", 0).content = f'<sup><a href="#note-{name}">{name}</a></sup>'
    state.pos = match.end()
    return True


def _gather(tree: Any) -> None:
    """Make a list of the footnotes' paragraphs, at the end."""
    notes = [(p, match) for p in tree.iter("p") if (match := _NOTE.match(p.text or ""))]
    if notes:
        into = etree.SubElement(tree, "ol")
        for paragraph, match in notes:
            paragraph.text = paragraph.text[match.end() :]
            paragraph.tail = None
            etree.SubElement(into, "li", {"id": f"note-{match[1]}"}).append(paragraph)
