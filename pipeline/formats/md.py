"""Markdown (CommonMark with tables, footnotes and front matter).

Units are the text of paragraphs, headings, list items, quotations, table cells, footnotes, image descriptions, and of
the front matter title, subtitle, description, author and a date in words. Code, HTML blocks, comments, link targets
and the markup itself stay as they are. A translation is escaped where it would read as markup, and emphasis is
written so that it renders beside Chinese characters. UTF-8, with or without a byte order mark.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from pipeline.errors import SanwenError
from pipeline.files import decode
from pipeline.formats import _md_front_matter as front_matter
from pipeline.formats._assemble import assemble
from pipeline.formats._md_blocks import items
from pipeline.formats._md_inline import written
from pipeline.formats._render import rendered
from pipeline.model import Article, Kind, Locale, Part, Unit
from pipeline.text.tags import Role

EXTENSIONS: tuple[str, ...] = (".md", ".markdown")

_COUNTED = frozenset(
    {
        "Strong",
        "Emphasis",
        "Strikethrough",
        "Link",
        "AutoLink",
        "InlineCode",
        "Image",
        "HtmlSpan",
        "FootnoteReference",
    }
)
_RULED = re.compile(r"[^\r\n]*(?:\r\n?|\n)[ \t>]*[-:|][-:| \t]*(?:[\r\n]|\Z)")  # the next line is dashes, or a table's
_PREFIX = re.compile(r"(?:[ \t>]|[-+*][ \t]|\d{1,9}[.)][ \t])*")  # of a line: a text begins behind it
_ALONE = 7  # the sort of HTML block that does not interrupt a paragraph
_LANGUAGE = re.compile(r"^(lang(?:uage)?[ \t]*:[ \t]*)([\"']?)[A-Za-z-]+\2[ \t]*$", re.MULTILINE)


def read(data: bytes, path: str) -> Article:
    """Read a Markdown article.

    Raises:
        SanwenError: the file is empty, binary, not UTF-8, or has a line of more than a million characters.
    """
    content, encoding = decode(data, path)
    front, body = front_matter.split(content)
    head = front_matter.parts(front)
    first_line = 1 + len(re.findall(r"\r\n?|\n", front))
    return Article(path, "md", assemble([*head, *items(body, path, first_line)]), encoding)


def write(article: Article, locale: Locale | None = None) -> bytes:
    """Write the article with its targets; the original file where there are none.

    With a locale, a `lang` in the front matter becomes the locale's tag.

    Raises:
        SanwenError: the tags of a target are broken, or its markup would not render.
    """
    placed = list(rendered(article, lambda unit: unit.target))
    count = _counter(article.parts)
    out: list[str] = []
    front = _front_parts(article.parts)
    for index, (part, text) in enumerate(placed):
        if isinstance(part, Unit) and part.target:
            if index < front:
                out.append(front_matter.written(part))
                continue
            left = next((piece for piece in reversed(out) if piece), "")
            right = next((piece for _, piece in placed[index + 1 :][:4] if piece), "")
            bar = _bar(part, (piece for _, piece in islice(placed, index + 1, None)))
            target = written(part, left, right, count, bar=bar)
            if target is not None and _begins_html(left, target, right):
                target = None
            out.append(_found(target, part, article.path))
        else:
            out.append(text)
    head, body = front_matter.split("".join(out))
    if locale is not None:
        head = _LANGUAGE.sub(rf"\g<1>\g<2>{locale.tag}\g<2>", head)
    return f"{head}{body}".encode(article.encoding)


def _bar(unit: Unit, following: Iterable[str]) -> str:
    """How a vertical bar is written in a unit: before a line of dashes it would make a table, for some parsers."""
    if unit.kind is Kind.CELL:
        return "\\|"
    if "|" not in unit.target:
        return "|"
    rest = ""
    for piece in following:
        rest += piece
        if len(rest.splitlines()) > 2:
            break
    return "&#124;" if _RULED.match(rest) else "|"


def _begins_html(left: str, target: str, right: str) -> bool:
    """Whether a target that moved a tag to the front of a line would make a block of HTML of it: `<div>` does."""
    if "<" not in target:
        return False
    from pipeline.text.markdown.leaves import HtmlBlock  # noqa: PLC0415 (mistletoe is slow to import)

    first, *others = (target + right.splitlines()[0] if right else target).split("\n")
    if _PREFIX.fullmatch(left[max(left.rfind("\n"), left.rfind("\r")) + 1 :]) and HtmlBlock.start(first):
        return True
    return any(0 < HtmlBlock.start(line) < _ALONE for line in others)


def _found(found: str | None, unit: Unit, path: str) -> str:
    if found is None:
        raise SanwenError(
            f"the translation of “{unit.source[:60]}” cannot be written so that its markup renders",
            file=path,
            place=unit.line,
            remedy="Put the tags around other words, or leave emphasis out",
        )
    return found


def _front_parts(parts: Sequence[Part]) -> int:
    """How many parts the front matter takes; layout that goes on into the body does not count."""
    text = "".join(map(str, parts))
    end = len(text) - len(front_matter.split(text)[1])
    count, position = 0, 0
    for part in parts:
        position += len(str(part))
        if position > end and (isinstance(part, Unit) or position - len(str(part)) >= end):
            break
        count += 1
    return count if end else 0


def _counter(parts: Sequence[Part]) -> Callable[[str], Counter[str]]:
    """Make the function that counts the inline tokens of Markdown; the article's link references are known to it."""
    from pipeline.text.markdown.document import Document  # noqa: PLC0415 (mistletoe is slow to import)
    from pipeline.text.markdown.pieces import pieces  # noqa: PLC0415

    definitions = Document(re.split(r"\r\n?|\n", "".join(map(str, parts)))).footnotes

    def count(text: str) -> Counter[str]:
        found = pieces(text, definitions)
        return Counter(piece.name for piece in found if piece.role is not Role.CLOSE and piece.name in _COUNTED)

    return count
