"""A CommonMark parser (with tables, strikethrough and footnotes) that says where in the text each inline token stands.

markdown-it gives the lines of blocks but no places of inline tokens; here every inline rule is wrapped to note them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]:[ \t]*")
_FOOTNOTE_REFERENCE = re.compile(r"\[\^[^\]\s]+\](?!:)")
_NESTING = 100  # blocks within blocks; deeper ones are no article
_FOOTNOTE_INDENT = 4

Rule = Callable[["StateInline", bool], bool]


def parser() -> MarkdownIt:
    """Make a parser; inline tokens carry `meta["span"]`, start and end in the content of their block."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 (slow to import)
    from markdown_it.parser_inline import ParserInline  # noqa: PLC0415

    class Inline(ParserInline):
        """Remembers where the last stretch of inline content ended: a link's label has no place of its own."""

        last_end = 0

        def tokenize(self, state: StateInline) -> None:
            super().tokenize(state)
            self.last_end = state.posMax

    markdown = MarkdownIt("commonmark", {"maxNesting": _NESTING, "store_labels": True})
    inline = Inline()
    markdown.inline = inline
    markdown.configure("commonmark", {"maxNesting": _NESTING})
    markdown.enable(["table", "strikethrough"])
    inline.ruler.before("link", "footnote_ref", _footnote_reference)
    markdown.block.ruler.before("reference", "footnote", _footnote, {"alt": ["paragraph", "reference"]})
    for rule in inline.ruler.__rules__:
        rule.fn = _noting(rule.fn, inline)
    inline.ruler.__compile__()
    inline.ruler2.disable("fragments_join")
    markdown.disable("text_join")
    return markdown


def _noting(rule: Rule, inline: Any) -> Rule:
    def noted(state: StateInline, silent: bool) -> bool:
        count, start, pending = len(state.tokens), state.pos, bool(state.pending)
        matched = rule(state, silent)
        if matched and not silent:
            new = state.tokens[count:]
            if pending and new and new[0].type == "text":
                new = new[1:]
            _note(new, start, state.pos, inline.last_end)
        return matched

    return noted


def _note(tokens: list[Token], start: int, end: int, label_end: int) -> None:
    if not tokens:
        return
    if tokens[0].type == "link_open" and tokens[0].markup != "autolink":
        tokens[0].meta["span"] = (start, start + 1)
        tokens[-1].meta["span"] = (label_end, end)
    elif tokens[0].type == "text":  # delimiters of emphasis, which later become tags
        for token in tokens:
            token.meta["span"] = (start, start + len(token.content))
            start += len(token.content)
    else:
        tokens[0].meta["span"] = (start, end)


def _footnote_reference(state: StateInline, silent: bool) -> bool:
    match = _FOOTNOTE_REFERENCE.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        state.push("footnote_ref", "", 0)
    state.pos = match.end()
    return True


def _footnote(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """A footnote: its text is a container, the lines below belong to it where they are indented by four."""
    if state.is_code_block(start_line):
        return False
    begin = state.bMarks[start_line] + state.tShift[start_line]
    match = _FOOTNOTE.match(state.src, begin, state.eMarks[start_line])
    if match is None:
        return False
    if silent:
        return True
    kept = (
        state.bMarks[start_line],
        state.tShift[start_line],
        state.sCount[start_line],
        state.blkIndent,
        state.parentType,
    )
    state.push("footnote_open", "", 1)
    state.blkIndent += _FOOTNOTE_INDENT
    state.bMarks[start_line] = match.end()
    state.tShift[start_line] = 0
    state.sCount[start_line] = state.blkIndent
    state.parentType = "root"
    state.md.block.tokenize(state, start_line, end_line)
    state.bMarks[start_line], state.tShift[start_line], state.sCount[start_line], state.blkIndent, state.parentType = (
        kept
    )
    state.push("footnote_close", "", -1)
    return True
