"""Plain text: an article copied from a policy site, or any text of a title line and paragraphs.

Paragraphs stand apart by empty lines, or are a line each; hard-wrapped lines are joined. Known are the page of a policy
site (language bar, section, title, date, bulleted authors, affiliations, "You might also like / Back to Top"), "By Jane
Doe", headings (ALL CAPS, underlined, or short lines without a full stop), lists (•, -, *, 1.), quotations (> or
indented), footnotes ([1]) and captions. In doubt a line is body text. UTF-8, with or without a byte order mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.errors import SanwenError
from pipeline.files import decode
from pipeline.formats import _wording as wording
from pipeline.formats._assemble import assemble
from pipeline.formats._render import rendered
from pipeline.formats._runs import Block, Item, Run, text
from pipeline.formats._wrapping import Line, lines, paragraphs
from pipeline.model import Article, Kind, Locale, Unit
from pipeline.text import tags
from pipeline.text.tags import Role

EXTENSIONS: tuple[str, ...] = (".txt", ".text")

_BULLET = r"[•·▪◦‣●○■□➢➤*-]"
_DASH = r"[–—]"
_NUMBER = r"\(?(?:\d{1,2}|[ivx]{1,4})[.)]|\([a-z]\)|[a-z]\)"
_ITEM = re.compile(rf"(?P<marker>(?P<bullet>{_BULLET}|{_DASH})|(?P<number>{_NUMBER}))[ \t\u00a0]+(?=\S)")
_QUOTE = re.compile(r"(?:>[ \t]?)+")
_NOTE = re.compile(r"(?:\[(?:\d{1,3}|[a-z*†])\]:?|[¹²³⁰⁴-⁹]+)[ \t\u00a0]*(?=\S)")
_NOTES_HEADING = re.compile(r"\W*(?:foot|end)?notes?|references|sources|citations|bibliography\W*", re.IGNORECASE)
_NOTE_NUMBER = re.compile(r"\(?\d{1,3}[.)]?[ \t\u00a0]+(?=\S)")
_REFERENCE = re.compile(r"(?<=\S)(?:\[\d{1,3}\])+")
_ADDRESS = re.compile(r"\s*<?(?:https?://|www\.)\S+\s*|\s*<?[\w.+-]+@[\w-]+\.[\w.-]+>?\s*")
_UNDERLINE = re.compile(r"\s*(?:={3,}|-{3,}|~{3,}|\*{3,})\s*")
_LONGEST = 1_000_000  # characters of a line: more is a dump, and would be translated for hours
_HEADING_WORDS = 10
_CAPITALS_WORDS = 16
_INDENT = 4  # columns from which on a paragraph is set off
_PROSE = 40  # characters of a line from which on it is no heading or name
_SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "but",
        "by",
        "for",
        "from",
        "in",
        "into",
        "is",
        "nor",
        "of",
        "on",
        "or",
        "over",
        "the",
        "to",
        "via",
        "vs",
        "with",
    ]
)


def read(data: bytes, path: str) -> Article:
    """Read a plain text article.

    Raises:
        SanwenError: the file is empty, binary or not UTF-8, or has a line that no person wrote.
    """
    content, encoding = decode(data, path)
    for number, line in enumerate(content.split("\n"), 1):
        if len(line) > _LONGEST:
            raise SanwenError(
                f"the line has {len(line):,} characters",
                file=path,
                place=number,
                remedy=f"Break it into paragraphs of at most {_LONGEST:,}: is it an article?",
            )
    return Article(path, "txt", assemble(list(_items(lines(content)))), encoding)


def write(article: Article, locale: Locale | None = None) -> bytes:  # noqa: ARG001 (plain text names no language)
    """Write the article with its targets; the original file where there are none.

    Raises:
        SanwenError: the tags of a target are broken.
    """
    return "".join(written for _, written in rendered(article, _render)).encode(article.encoding)


def _render(unit: Unit) -> str:
    return tags.render(" ".join(unit.target.split()), unit.marks, lambda literal: literal)


@dataclass(slots=True)
class _Context:
    """What the paragraphs above say about the next one."""

    notes: bool = False  # below a heading "Notes"
    indented: bool = False  # the body itself is indented


def _items(all_lines: Sequence[Line]) -> Iterator[Item]:
    context = _Context(indented=_body_is_indented(all_lines))
    groups = [_Paragraph(group) for group in paragraphs(all_lines, _judge)]
    full = [group for group in groups if group.lines[0].text.strip()]
    neighbours = {
        id(group): (full[place - 1] if place else None, full[place + 1] if place + 1 < len(full) else None)
        for place, group in enumerate(full)
    }
    for group in groups:
        if id(group) in neighbours:
            yield from group.items(context, *neighbours[id(group)])
        else:
            yield from (line.raw for line in group.lines)


def _judge(line: str, before: str, first: str) -> bool | None:
    """Whether a line goes on the paragraph of the line above, where its beginning tells: True, False, or None."""
    bare, above = line.lstrip(), before.lstrip()
    if _plain_line(line) or _plain_line(before):
        return False
    if bare.startswith(">") or above.startswith(">"):
        return bare[0] == above[0] and bool(bare.strip("> \t")) and bool(above.strip("> \t"))
    marker, begins = _ITEM.match(bare) or _NOTE.match(bare), _ITEM.match(first.lstrip())
    ended = wording.ends_sentence(before) or before.rstrip().endswith(":")
    if marker:
        sure = marker.re is _ITEM and marker["bullet"] and marker["bullet"] not in "–—*-"
        return None if not (sure or ended or begins or _NOTE.match(first.lstrip())) else False
    if begins and _indent(line) >= _indent(first) + 2:  # hangs below the text of an item, or of an author his house
        named = wording.is_name(first.lstrip()[begins.end() :])
        return not (named and wording.is_affiliation(line))
    return None


def _plain_line(line: str) -> bool:
    """A line that is never part of a wrapped paragraph: a date, a byline, a language bar, a rule."""
    return bool(
        wording.date(line) or wording.is_byline(line) or wording.is_language_bar(line) or _UNDERLINE.fullmatch(line)
        or wording.opens_tail(line)
        or wording.is_tail(line)
    )  # fmt: skip


def _body_is_indented(all_lines: Sequence[Line]) -> bool:
    prose = [line.text for line in all_lines if len(line.text) > _INDENT + _PROSE]
    return sum(_indent(line) >= _INDENT for line in prose) * 2 > len(prose)


def _indent(line: str) -> int:
    return len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())


class _Paragraph:
    """The lines of one paragraph of the file."""

    def __init__(self, group: Sequence[Line]) -> None:
        self.lines = group

    def items(self, context: _Context, before: _Paragraph | None, after: _Paragraph | None) -> Iterator[Item]:
        first = self.lines[0].text
        bare = first.lstrip()
        if (len(self.lines) == 1 and not any(map(str.isalnum, bare))) or all(
            _ADDRESS.fullmatch(line.text) for line in self.lines
        ):
            yield from (line.raw for line in self.lines)
            return
        quote = _QUOTE.match(bare)
        lead, kind = self._lead(bare, context, before, after)
        heading = kind is Kind.HEADING or (not lead and not quote and self._is_heading(bare, after))
        if heading:
            lead, kind = 0, Kind.HEADING
            context.notes = bool(_NOTES_HEADING.fullmatch(bare.strip()))
        elif quote:
            lead, kind = quote.end(), Kind.QUOTE
        elif kind is Kind.SENTENCE and self._set_off(context):
            kind = Kind.QUOTE
        yield first[: len(first) - len(bare)] + bare[:lead]
        *runs, tail = self._runs(len(first) - len(bare) + lead, quoted=quote is not None)
        yield Block(tuple(runs), kind)
        yield tail.raw

    def _lead(
        self, bare: str, context: _Context, before: _Paragraph | None, after: _Paragraph | None
    ) -> tuple[int, Kind]:
        """How long the marker at the beginning is, and what it makes of the paragraph."""
        note = _NOTE.match(bare) or (_NOTE_NUMBER.match(bare) if context.notes else None)
        if note:
            return note.end(), Kind.NOTE
        item = _ITEM.match(bare)
        if item is None:
            return 0, Kind.CAPTION if wording.is_caption(bare) else Kind.SENTENCE
        among = any(other is not None and _ITEM.match(other.lines[0].text.lstrip()) for other in (before, after))
        if item["number"] and not among and len(self.lines) == 1 and self._is_heading(bare[item.end() :], after):
            return 0, Kind.HEADING
        if item["bullet"] and item["bullet"] in "–—" and not among:
            return 0, Kind.SENTENCE
        return item.end(), Kind.ITEM

    def _is_heading(self, bare: str, after: _Paragraph | None) -> bool:
        words = bare.split(None, _CAPITALS_WORDS + 1) if len(bare) < 300 else []
        if len(self.lines) != 1 or not words or after is None:
            return False
        if _UNDERLINE.fullmatch(after.lines[0].text) and len(words) <= _CAPITALS_WORDS:
            return True
        if wording.ends_sentence(bare) and not bare.rstrip().endswith("?"):
            return False
        if bare.rstrip()[-1] in ",:;" or not (words[0][0].isupper() or words[0][0].isdigit() or words[0][0] in "“\"‘'"):
            return False
        if bare.isupper():
            return len(words) <= _CAPITALS_WORDS
        title_case = all(word[0].isupper() or not word[0].isalpha() or word.lower() in _SMALL for word in words)
        return len(words) <= (_CAPITALS_WORDS if title_case else _HEADING_WORDS)

    def _set_off(self, context: _Context) -> bool:
        if context.indented or not all(_indent(line.text) >= _INDENT for line in self.lines):
            return False
        return wording.is_prose(" ".join(line.text for line in self.lines[:8]))

    def _runs(self, skip: int, *, quoted: bool) -> list[Run]:
        """Runs from column `skip` of the first line on; the last one is the layout that ends the paragraph."""
        runs: list[Run] = []
        held = ""
        for number, line in enumerate(self.lines):
            start = skip if number == 0 else len(line.text) - len(line.text.lstrip())
            if quoted and number:
                match = _QUOTE.match(line.text, start)
                start = match.end() if match else start
            body = line.text[start:].rstrip()
            if number:
                runs.append(Run(held + line.text[:start], " "))
            runs += _with_references(body)
            held = line.raw[start + len(body) :]
        return [*runs, replace(text(held), text="")]


def _with_references(body: str) -> Iterator[Run]:
    """Text, with the numbers of footnotes as marks."""
    last = 0
    for match in _REFERENCE.finditer(body):
        if match.start() > last:
            yield text(body[last : match.start()])
        yield Run(match[0], "", Role.ALONE, "x")
        last = match.end()
    if last < len(body):
        yield text(body[last:])
