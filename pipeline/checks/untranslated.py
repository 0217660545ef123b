"""English left in the Chinese: the source copied whole, or words of it.

Names, acronyms, words quoted as words, and what stands in brackets or 《》 are allowed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model import Finding, Kind, Locale, Severity, State, Unit
from pipeline.text import mask
from pipeline.text.leftover import ASIDE, strange

_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_WORD = re.compile(r"(?<![\w\u00c0-\u024f@#./-])[a-z][a-z’'-]{2,}(?![\w\u00c0-\u024f@/])", re.ASCII)
_NAME_PARTS = frozenset(
    {"and", "for", "the", "van", "von", "der", "den", "del", "della", "ibn", "bin", "abu", "dos", "les", "las"}
)
_TAG = re.compile(r"</?[A-Za-z][\w-]*/?>")


def check(unit: Unit, locale: Locale) -> Iterator[Finding]:
    """Report a target without Chinese as an error, lower-case words of the source in a Chinese one as a warning.

    In drafts also Latin words that the source does not have: what a small model makes of words it does not know.
    """
    del locale
    target = unit.target.strip()
    if not target or unit.kind in {Kind.AUTHOR, Kind.DATE}:
        return
    source_words = set(_words(_prose(unit.source)))
    if not _HAN.search(target):
        if source_words and set(_words(_prose(target))) & source_words:
            yield Finding("untranslated", "the translation is still English", Severity.ERROR)
        return
    said = _prose(ASIDE.sub(" ", target))
    left = [word for word in dict.fromkeys(_words(said)) if word in source_words]
    if left:
        yield Finding("untranslated", f"English words left: {', '.join(left)}")
    if unit.state is not State.APPROVED:
        given = [hit.target for hit in unit.terms]
        wreckage = [match[0] for match in strange(unit.source, said, given)]
        if wreckage:
            yield Finding("untranslated", f"not a word of the source: {', '.join(dict.fromkeys(wreckage))}")


def _words(prose: str) -> Iterator[str]:
    """Words in lower case that are no part of a URL or a name."""
    for match in _WORD.finditer(prose):
        if match[0] not in _NAME_PARTS:
            yield match[0]


def _prose(text: str) -> str:
    """The text without tags and without what is carried through untouched."""
    masked = mask.protect(_TAG.sub(" ", text))
    return " ".join(mask.pieces(masked.text, masked)[::2])
