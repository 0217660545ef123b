"""Writing an article back: what every format does in the same way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pipeline.errors import SanwenError
from pipeline.model import Article, Gap, Part, Unit
from pipeline.text import tags

_HAN = re.compile(r"[\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def problems(unit: Unit) -> list[str]:
    """Why a unit's target cannot be written into the article: a sentence each. Empty where it can."""
    if not unit.target:
        return []
    found = [str(problem) for problem in tags.breaks(unit.source, unit.target)]
    if not tags.strip(unit.target).strip() and tags.strip(unit.source).strip():
        found.append("the translation has no text")
    return found


def require_sound(unit: Unit, path: str) -> None:
    """Refuse a target that would break the article's markup.

    Raises:
        SanwenError: naming the article, the unit's line and source, and what is wrong.
    """
    for problem in problems(unit):
        source = unit.source if len(unit.source) <= 60 else unit.source[:59] + "…"
        raise SanwenError(
            f"the translation of “{source}” cannot be written into the article: {problem}",
            file=path,
            place=unit.line,
            remedy="Correct the tags in the translation",
        )


def rendered(article: Article, render: Callable[[Unit], str]) -> Iterator[tuple[Part, str]]:
    """Every part of an article with its text as it is to be written; `render` writes a unit that has a target.

    A unit without target stays as it was in the file; a Gap between two Chinese sentences vanishes.

    Raises:
        SanwenError: a target whose tags are broken.
    """
    before: Unit | None = None
    held: list[tuple[Part, str]] = []  # since the last unit: what becomes of a Gap depends on the next
    for part in article.parts:
        if isinstance(part, Unit):
            drop = before is not None and before.paragraph == part.paragraph and _touching(before, part)
            yield from ((each, "" if drop and isinstance(each, Gap) else text) for each, text in held)
            held = []
            before = part
            if part.target:
                require_sound(part, article.path)
            yield part, render(part) if part.target else part.raw
        else:
            held.append((part, str(part)))
    yield from held


def _touching(before: Unit, after: Unit) -> bool:
    """Whether two sentences follow each other without a space: both are Chinese, and not Latin where they meet."""
    left, right = tags.strip(before.target).strip(), tags.strip(after.target).strip()
    if not (_HAN.search(left) and _HAN.search(right)):
        return False
    return not (left[-1].isascii() and right[0].isascii())
