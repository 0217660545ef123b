"""interpunct: · between the parts of a foreign name (GB/T 15834 4.14 间隔号; 重訂標點符號手冊 音界號)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.text.typography.classes import HAN, NAME, SPACE
from pipeline.text.typography.line import Edit, House, Line

_DOT = re.compile(rf"(?<=[{HAN}])[{SPACE}]*[•・･‧∙⋅●·][{SPACE}]*(?=[{HAN}])|(?<=[{NAME}])[.．](?=[{NAME}][{HAN}])")
_INITIAL = re.compile(
    rf"(?<=[{HAN}])[•・･‧∙⋅](?=[A-Z]\.)|(?<=[A-Z]\.)[•・･‧∙⋅](?=[{HAN}])|(?<=[A-Z])[•・･‧∙⋅](?=[{HAN}])"
)


def edits(line: Line, _house: House) -> Iterator[Edit]:
    """`唐纳德•特朗普`, `唐纳德.特朗普` -> `唐纳德·特朗普`; a bullet at the head of a line stays."""
    text = line.text
    for found in sorted([*_DOT.finditer(text), *_INITIAL.finditer(text)], key=lambda found: found.start()):
        if found.group() != "·":
            yield Edit(found.start(), found.end(), "·")
