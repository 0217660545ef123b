"""Author's lines by rule: "By Jane Doe and John Roe" is names; "by" has no word in a Chinese byline, "and" is 、.

Nothing is guessed: what could be anything but names (a rank, an institution, "with additional reporting from") makes
the line no byline at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.text.tags import TAG

_BY = re.compile(rf"(?P<tags>(?:{TAG})*)(?:(?:written |story )?by(?:\s*:\s*|\s+))?(?=\S)", re.IGNORECASE)
_AND = rf"\s*,?\s+(?:and|&)\s+(?=(?:{TAG})*[^\W\d_])"
_SUFFIX = r"(?:[JS]r\b\.?|I{2,3}\b|IV\b|Ph\.?\s?D\b\.?|M\.?D\b\.?)"
_COMMA = rf"\s*,\s+(?!{_SUFFIX})"
_BETWEEN = re.compile(rf"{_AND}|\s*;\s*|{_COMMA}", re.IGNORECASE)
_TRIMMED = re.compile(rf"(?:\s|{TAG})*(?P<name>.*?)(?:\s|{TAG})*", re.DOTALL)
_LIST = re.compile(r"and|&|;", re.IGNORECASE)  # what the last mark of a list of names has in it
_WORD = r"(?:[^\W\d_]['’.-]?)+"
_NAME = re.compile(rf"{_WORD}(?:,? {_WORD}){{0,6}}")
_NO_NAMES = frozenset(("and", "by", "for", "from", "in", "of", "on", "the", "to", "with"))
_PARTICLES = re.compile(r"al|bin|d[aeiu]|de[lnr]|della|dos|el|ibn|l[ae]|te[nr]|v[ao]n", re.IGNORECASE)
_LONGEST = 300  # characters: no byline is longer


@dataclass(frozen=True, slots=True)
class Name:
    """A name, which is `source[start:end]`; no tag stands within it."""

    start: int
    end: int
    text: str


def byline(source: str) -> tuple[Name, ...]:
    """The names of a line that is names and nothing else; empty where it is not."""
    if len(source) > _LONGEST:
        return ()
    begin = _BY.match(source)
    if begin is None:
        return ()
    marks = list(_BETWEEN.finditer(source, begin.end()))
    if marks and not _LIST.search(marks[-1][0]):
        return ()  # "Jane Doe, Oxford": a comma alone may be followed by anything
    found = tuple(_trimmed(source, start, end) for start, end in between(marks, begin.end(), len(source)))
    alone = len(found) == 1
    return found if all(_is_name(name.text, alone=alone) for name in found) else ()


def written(source: str, names: tuple[Name, ...], forms: tuple[str, ...]) -> str:
    """The line with `forms` in the places of the `names` of `byline(source)`, tags kept."""
    begin = _BY.match(source)
    assert begin is not None  # noqa: S101  there are names
    out, last = [begin["tags"]], begin.end()
    for place, (name, form) in enumerate(zip(names, forms, strict=True)):
        kept = "".join(re.findall(TAG, source[last : name.start]))
        if place:  # a pair that is closed ends before the mark, one that is opened begins after it
            closing = re.match(r"(?:</[a-z]+[0-9]+>)*", kept)
            end = closing.end() if closing else 0
            kept = f"{kept[:end]}、{kept[end:]}"
        out += [kept, form]
        last = name.end
    return "".join([*out, *re.findall(TAG, source[last:])])


def between(marks: Iterable[re.Match[str]], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the stretches of a text from `start` to `end` stand that its `marks` part."""
    for mark in marks:
        yield start, mark.start()
        start = mark.end()
    yield start, end


def _trimmed(source: str, start: int, end: int) -> Name:
    """The name without the space and the tags at its ends."""
    match = _TRIMMED.fullmatch(source, start, end)
    assert match is not None  # noqa: S101  it fits every text
    return Name(*match.span("name"), match["name"])


def _is_name(text: str, *, alone: bool) -> bool:
    """Whether a text has a name's shape: words in capitals, particles between them; one word only where it is alone."""
    words = text.replace(",", "").split()
    if _NO_NAMES & {word.lower() for word in words}:
        return False
    shaped = bool(_NAME.fullmatch(text)) and words[0][0].isupper() and words[-1][0].isupper()
    return (
        shaped and (alone or len(words) > 1) and all(word[0].isupper() or _PARTICLES.fullmatch(word) for word in words)
    )
