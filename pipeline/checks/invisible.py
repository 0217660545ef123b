"""Characters that nobody sees: control and bidirectional marks, zero-width spaces, soft hyphens, U+FFFD."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from pipeline.model import Finding, Locale, Severity, Unit

_JOINER = "\u200d"  # holds emoji together
_BROKEN = "\ufffd"


def check(unit: Unit, locale: Locale) -> Iterator[Finding]:
    """Report each such character once, by its code and name."""
    del locale
    target = unit.target
    for character in dict.fromkeys(target):
        category = unicodedata.category(character)
        if character == _JOINER and _between_symbols(target):
            continue
        if category in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} or character in {_BROKEN, "\u3164", "\u115f"}:
            name = unicodedata.name(character, "control character" if category == "Cc" else "no character")
            severe = character == _BROKEN or category in {"Cc", "Cs"}
            yield Finding(
                "invisible", f"U+{ord(character):04X} {name.lower()}", Severity.ERROR if severe else Severity.WARNING
            )


def _between_symbols(text: str) -> bool:
    """Whether every joiner stands in an emoji sequence."""
    places = [i for i, c in enumerate(text) if c == _JOINER]
    return all(0 < i < len(text) - 1 and unicodedata.category(text[i + 1]) == "So" for i in places)
