"""Markdown: CommonMark with tables, strikethrough and footnotes, without the front matter.

HTML inside it passes through, to be cleaned later.
"""

from __future__ import annotations

import re
from html import escape
from typing import Any

from mistletoe.html_renderer import HtmlRenderer

from pipeline.page.bodies.html import fragment
from pipeline.text.markdown.document import Document
from pipeline.text.markdown.tree import whole

_FRONT_MATTER = re.compile(r"\A\ufeff?(---|\+\+\+)[ \t]*\r?\n.*?^\1[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_ALIGNMENT = {0: "center", 1: "right"}


def body(data: bytes, encoding: str) -> Any:
    """The document as an HTML tree, its footnotes at the end."""
    text = _FRONT_MATTER.sub("", data.decode(encoding, "replace"), count=1)
    return fragment(_Renderer().render(whole(Document(re.split(r"\r\n?|\n", text.removeprefix("\ufeff"))))))


class _Renderer(HtmlRenderer):
    """mistletoe's renderer, used without `with`: told so, it leaves the lists of mistletoe's modules as they are."""

    def __init__(self) -> None:
        super().__init__(process_html_tokens=False)
        self.notes: list[str] = []
        self.render_map |= {
            "HtmlBlock": self.render_html_block,
            "HtmlSpan": self.render_html_span,
            "Entity": self.render_inner,
            "FootnoteReference": self.render_footnote_reference,
            "Note": self.render_note,
        }

    def render_document(self, token: Any) -> str:
        """The blocks, and a list of the footnotes."""
        text = super().render_document(token)
        return f"{text}<ol>{''.join(self.notes)}</ol>" if self.notes else text

    def render_footnote_reference(self, token: Any) -> str:
        """A link to the footnote."""
        name = escape(token.content)
        return f'<sup><a href="#note-{name}">{name}</a></sup>'

    def render_note(self, token: Any) -> str:
        """Nothing here: the footnote is kept for the end."""
        kept, self._suppress_ptag_stack = self._suppress_ptag_stack, [False]
        self.notes.append(f'<li id="note-{escape(token.name)}">{self.render_inner(token)}</li>')
        self._suppress_ptag_stack = kept
        return ""

    def render_table_cell(self, token: Any, in_header: bool = False) -> str:
        """A cell, aligned only where the text says so."""
        name = "th" if in_header else "td"
        align = f' style="text-align:{_ALIGNMENT[token.align]}"' if token.align in _ALIGNMENT else ""
        return f"<{name}{align}>{self.render_inner(token)}</{name}>"
