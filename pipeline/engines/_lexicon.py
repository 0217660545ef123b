"""A model's lexicon: names and rare words whose one translation is known, written into a source as suggestions.

A small model has met a rare word a few times and forgets it; the corpus that it learned from still knows. What the
lexicon finds is annotated as terms are, but nobody promised it. The glossary's terms come first. A line of
a lexicon is a word, a name or a phrase as running text writes it, a tab, and its target.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

from pipeline.errors import SanwenError

MOST = 9  # annotations in a text, the glossary's among them: what models are taught
WORDS = 5  # of the longest name

_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_]))*")
_POSSESSIVE = re.compile(r"['’]s$")
_BEGINS = re.compile(r"(?:^|[.!?:;]['\"”’)]*\s+|[\"“‘(])$")  # after this a capital may be the sentence's
_PLURALS = (
    ("ies", "y"),
    ("ses", "s"),
    ("xes", "x"),
    ("zes", "z"),
    ("ches", "ch"),
    ("shes", "sh"),
    ("oes", "o"),
    ("s", ""),
)
_SHORTEST = 4  # letters of a plural, and of a word that no name is likely to be


def words(text: str) -> list[tuple[int, int]]:
    """Where the words of a text stand; what has a hyphen or an apostrophe within is one."""
    return [m.span() for m in _WORD.finditer(text)]


def begins(text: str, at: int) -> bool:
    """Whether the capital of a word that stands there may be its sentence's."""
    return bool(_BEGINS.search(text[max(0, at - 4) : at]))


def singulars(word: str) -> list[str]:
    """What a word in small letters may be the plural of, the likeliest first; irregular plurals are not known here."""
    if len(word) < _SHORTEST or word.endswith("ss") or not word.islower():
        return []
    return [word.removesuffix(end) + base for end, base in _PLURALS if word.endswith(end)]


def cased(text: str, *, first: bool) -> tuple[str, ...]:
    """A text as it is and, at the `first` place of a sentence, without its capital."""
    return (text, text[:1].lower() + text[1:]) if first else (text,)


def forms(text: str, *, first: bool) -> Iterator[str]:
    """The entries that a word or a phrase may be of: its own, one in small letters, those of its singulars."""
    for form in cased(text, first=first):
        head, space, last = form.rpartition(" ")
        for base in (last, *singulars(last)):
            yield head + space + base


def _named(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether the first of these words begins a name: `Viola Davis` is no instrument."""
    return len(spans) > 1 and text[spans[0][1] : spans[1][0]] == " " and text[spans[1][0]].isupper()


def entries(path: Path) -> Iterator[tuple[str, str]]:
    """The words of a file with their targets. Raises SanwenError if it is broken."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as e:
        raise SanwenError(f"the lexicon cannot be read: {e}", file=path, remedy="Install the model again") from e
    for number, line in enumerate(lines, 1):
        source, tab, target = line.partition("\t")
        if not (tab and source.strip() and target.strip()):
            raise SanwenError(
                "not a word, a tab and its target",
                file=path,
                place=f"line {number}",
                remedy="Install the model again",
            )
        yield source, target


class Lexicon:
    """Suggestions for the words of a text. The files are read when first asked; the first that has a word is asked."""

    def __init__(self, *paths: Path) -> None:
        self._paths = paths

    @cached_property
    def _targets(self) -> dict[str, str]:
        return dict(entry for path in reversed(self._paths) for entry in entries(path))

    def has_small(self, word: str) -> bool:
        """Whether a word in small letters is known, and not as a name as well."""
        return len(word) >= _SHORTEST and word in self._targets and word.title() not in self._targets

    def hints(self, text: str, taken: Sequence[tuple[int, int]]) -> list[tuple[int, int, str]]:
        """Spans of `text` with their targets, in order, clear of the spans `taken`; the longest name at each place.

        Raises SanwenError if the lexicon is broken.
        """
        spans = words(text)
        out: list[tuple[int, int, str]] = []
        at = 0
        while at < len(spans) and len(out) + len(taken) < MOST:
            found = self._longest(text, spans[at : at + WORDS])
            if found is None:
                at += 1
                continue
            start, end, target, count = found
            if not any(a < end and start < b for a, b in taken):
                out.append((start, end, target))
                at += count
            else:
                at += 1
        return out

    def _longest(self, text: str, spans: Sequence[tuple[int, int]]) -> tuple[int, int, str, int] | None:
        """The longest entry that begins with the first of these words: start, end, target and number of words."""
        start = spans[0][0]
        first = begins(text, start)
        for count in range(len(spans), 0, -1):
            end = start + len(_POSSESSIVE.sub("", text[start : spans[count - 1][1]]))
            common = first and not (count == 1 and _named(text, spans))
            found = (self._targets.get(form) for form in forms(text[start:end], first=common))
            target = next((target for target in found if target is not None), None)
            if target is not None:
                return start, end, target, count
        return None
