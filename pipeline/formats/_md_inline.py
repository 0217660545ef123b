"""Writing a translation as inline Markdown that renders as it should, beside Chinese characters too.

CommonMark opens and closes emphasis by the characters next to it: in `他说**“重启”**是` the quotation marks keep it
from being one. There the punctuation goes out of the emphasis (`他说“**重启**”是`, as Chinese typesetters do anyway),
or, where that would tear a pair apart, the emphasis is written as HTML. A parser confirms every unit written.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.model import Mark, Unit
from pipeline.text import tags
from pipeline.text.tags import Role

_SPECIAL = re.compile(
    r"[*`\[\]]|\\(?=[!-/:-@\[-`{-~]|$)|<(?=[A-Za-z/!?])|&(?=#?\w+;)|(?<![0-9A-Za-z])_|_(?![0-9A-Za-z])|~(?=~)|(?<=~)~"
)
_AT_START = re.compile(
    r"[ \t]*(?:(?P<mark>#{1,6}(?=\s|$)|[-+](?=\s|$|[-+])|>|=+\s*$)|(?P<digits>\d{1,9})(?P<dot>[.)])(?=\s|$))"
)
_HASHES = re.compile(r"#+$")
_DELIMITERS = {"*": "*", "_": "*", "**": "**", "__": "**", "~~": "~~", "~": "~"}
_TOKENS = {"*": "Emphasis", "**": "Strong", "~~": "Strikethrough"}
_ACTIVE = "*_~`[]<>&\\!#"  # next to a unit these are markup: not to be parsed with it
_HTML = {"*": "em", "**": "strong", "~~": "s", "~": "s"}
_STOPS = "。，、；：！？…—·.,;:!?"
_PAIRS = {
    "“": "”",
    "‘": "’",
    "「": "」",
    "『": "』",
    "《": "》",
    "〈": "〉",
    "（": "）",
    "【": "】",
    "(": ")",
    '"': '"',
}


@dataclass(slots=True)
class _Bit:
    """A stretch of output. `partner` is the index of a delimiter's other half, -1 for text and all other markup."""

    text: str
    partner: int = -1
    opens: bool = False


Counted = Counter[str]


def written(unit: Unit, left: str, right: str, count: Callable[[str], Counted], *, bar: str = "|") -> str | None:
    """Write a unit's target; `left` and `right` are what stands next to it in the file.

    `count` parses inline Markdown and counts its tokens by type; `bar` is how a vertical bar of the text is written.
    None: no way of writing it gave what the marks say.
    """
    before, after = (
        edge if edge and edge not in _ACTIVE and not edge.isspace() else "" for edge in (left[-1:], right[:1])
    )
    for html in (False, True):
        bits = _bits(unit)
        _settle(bits, left[-1:], right[:1], html=html)
        for bit in bits[::2]:  # the literal text, now that nothing of it moves any more
            bit.text = bit.text.replace("|", bar)
        found = "".join(bit.text for bit in bits)
        if count(before + found + after) == _expected(unit, bits, count):
            return found
    return None


def _expected(unit: Unit, bits: Sequence[_Bit], count: Callable[[str], Counted]) -> Counted:
    """What a parser must find: for each mark in the target what it is on its own."""
    marks = {mark.name: mark for mark in unit.marks}
    expected: Counted = Counter()
    for bit in bits:
        if bit.partner >= 0 and bit.opens:
            expected.update({_TOKENS[bit.text]: 1} if bit.text in _TOKENS else {"HtmlSpan": 2})
    for piece in tags.split(unit.target):
        mark = marks.get(piece.name)
        if mark is not None and piece.role is not Role.CLOSE and mark.open not in _DELIMITERS:
            expected.update(count(f"{mark.open}x{mark.close}" if mark.close is not None else mark.open))
    return expected


def _bits(unit: Unit) -> list[_Bit]:
    """Text and markup in turn: literal text, maybe empty, stands at both ends and between any two pieces of markup."""
    marks = {mark.name: mark for mark in unit.marks}
    bits = [_Bit("")]
    opened: list[int] = []
    pieces = tags.split(" ".join(unit.target.split()))
    for place, piece in enumerate(pieces):
        mark = marks.get(piece.name)
        if mark is None or piece.role is Role.TEXT:
            starts = len(bits) == 1 or bits[-2].text.endswith(("\n", "\r"))
            bits[-1].text += escape(piece.text, start=starts, end=place + 1 == len(pieces))
            continue
        if piece.role is Role.CLOSE:
            bits.append(_close(bits, opened.pop(), mark))
        else:
            if piece.role is Role.OPEN:
                opened.append(len(bits))
            bits.append(_Bit(_DELIMITERS.get(mark.open, mark.open), opens=True))
        bits.append(_Bit(""))
    return bits


def _close(bits: Sequence[_Bit], index: int, mark: Mark) -> _Bit:
    if mark.open not in _DELIMITERS:
        return _Bit(mark.close or "")
    bits[index].partner = len(bits)
    return _Bit(bits[index].text, partner=index)


def escape(text: str, *, start: bool, end: bool) -> str:
    """Escape literal text; `start` and `end` say that it begins or ends a block's content."""
    escaped = _SPECIAL.sub(r"\\\g<0>", text)
    if start:
        match = _AT_START.match(escaped)
        if match:
            place = match.start("mark") if match["mark"] else match.start("dot")
            escaped = escaped[:place] + "\\" + escaped[place:]
    if end:
        escaped = _HASHES.sub(lambda match: "\\#" * len(match[0]), escaped)
    elif escaped.endswith("!"):  # a link may follow, which this would make an image
        escaped = escaped[:-1] + "\\!"
    return escaped


def _settle(bits: list[_Bit], left: str, right: str, *, html: bool) -> None:
    """Make every pair of delimiters one that opens and closes where it stands."""
    for index in reversed(range(len(bits))):  # inner before outer
        bit = bits[index]
        if bit.partner > index:
            _balance_space(bits, index, bit.partner)
            if html or not (
                _sound(bits, index, left, right) or (_moved(bits, index) and _sound(bits, index, left, right))
            ):
                tag = _HTML[bit.text]
                bits[bit.partner].text = f"</{tag}>"
                bit.text = f"<{tag}>"


def _balance_space(bits: Sequence[_Bit], first: int, last: int) -> None:
    """Take spaces at the inner edges of a pair out of it."""
    after, before = bits[first + 1], bits[last - 1]
    if after.text.startswith(" "):
        after.text = after.text[1:]
        bits[first - 1].text += " "
    if before.text.endswith(" "):
        before.text = before.text[:-1]
        bits[last + 1].text = " " + bits[last + 1].text


def _sound(bits: Sequence[_Bit], index: int, left: str, right: str) -> bool:
    """Whether both halves of a pair are delimiters where they stand, by CommonMark's rule of flanking."""
    last = bits[index].partner
    outer, inner = _beside(bits, index, -1, left), _beside(bits, index, 1, right)
    opens = not inner.isspace() and (not _punctuation(inner) or outer.isspace() or _punctuation(outer))
    outer, inner = _beside(bits, last, 1, right), _beside(bits, last, -1, left)
    return opens and not inner.isspace() and (not _punctuation(inner) or outer.isspace() or _punctuation(outer))


def _beside(bits: Sequence[_Bit], index: int, step: int, edge: str) -> str:
    """The character next to a delimiter; those of other delimiters of its sort belong to it."""
    mark = bits[index].text[0]
    place = index + step
    while 0 <= place < len(bits):
        text = bits[place].text
        if text and not (bits[place].partner >= 0 and text[0] == mark):
            return text[0] if step > 0 else text[-1]
        place += step
    return edge or " "


def _punctuation(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"


def _moved(bits: Sequence[_Bit], index: int) -> bool:
    """Move punctuation at the inner edges of a pair out of it; False where it cannot be."""
    last = bits[index].partner
    after, before = bits[index + 1], bits[last - 1]
    body = before.text.rstrip(_STOPS)
    head, tail = "", before.text[len(body) :]
    if after is before:
        while len(body) > 2 and _PAIRS.get(body[0]) == body[-1] and body[0] not in body[1:-1]:
            head, body, tail = head + body[0], body[1:-1], body[-1] + tail
    if not body or body.endswith("\\") or not (head or tail):
        return False
    before.text = body
    bits[last + 1].text = tail + bits[last + 1].text
    bits[index - 1].text += head
    return True
