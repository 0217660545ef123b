"""Where a Chinese form stands in a target: what never matters is set aside, and offsets are into the given text.

Set aside are white space, inline tags, invisible characters, the width of letters and digits, and the shape of
quotation marks, brackets and interpuncts: typography is polished before and after terms are verified.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from pipeline.text.whole import WIDE, whole

_SKIP = re.compile(r"</?[a-z]+\d+/?>|[\s\u00ad\u200b-\u200f\u2060\ufeff]+")
_SAME = str.maketrans(
    dict.fromkeys("“”„‟‘’「」『』＂＇〝〞'", '"')
    | dict.fromkeys("•‧・∙⋅･", "·")
    | {"（": "(", "）": ")", "［": "[", "］": "]", "—": "-", "–": "-", "‑": "-", "‐": "-", "−": "-"}
)


def _same(character: str) -> str:
    return WIDE.get(character, character).translate(_SAME)


def plain(form: str) -> str:
    """A form without what never matters: two forms with one plain text are the same form."""
    return "".join(map(_same, _SKIP.sub("", unicodedata.normalize("NFC", form))))


class Text:
    """A target made ready to look forms up in."""

    def __init__(self, text: str) -> None:
        """Set aside what does not matter, keeping the places of the rest."""
        self.text = text
        kept: list[str] = []
        self._places: list[int] = []
        at = 0
        for gap in _SKIP.finditer(text):
            self._places.extend(range(at, gap.start()))
            kept.append(text[at : gap.start()])
            at = gap.end()
        self._places.extend(range(at, len(text)))
        kept.append(text[at:])
        self._plain = "".join(map(_same, "".join(kept)))

    def find(self, form: str) -> Iterator[tuple[int, int]]:
        """All spans of a form, from left to right, each beginning after the one before has ended."""
        wanted = plain(form)
        at = self._plain.find(wanted) if wanted else -1
        while at >= 0:
            span = self._places[at], self._places[at + len(wanted) - 1] + 1
            if whole(self.text, *span):
                yield span
                at = self._plain.find(wanted, at + len(wanted))
            else:
                at = self._plain.find(wanted, at + 1)


def spans(text: str, form: str) -> list[tuple[int, int]]:
    """All spans of a form in a text."""
    return list(Text(text).find(form))


def overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two spans share a character."""
    return one[0] < other[1] and other[0] < one[1]
