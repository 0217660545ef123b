"""From a request to the text that a model reads, from pieces to text, with the origin of every piece.

SentencePiece pieces are taken as they are written: `▁` is a space, `<0xE4>` a byte. Its own offsets are not used:
their interface differs between its releases.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from pipeline.engine import Request, Token
from pipeline.text.familiar import Replacement, respelled, respelled_aligned
from pipeline.text.normalise import Aligned, normalise, normalise_aligned

_BYTE = re.compile(r"<0x([0-9A-F]{2})>")
_SPECIAL = re.compile(r"<(?=(?:term|as|/term|/?s|unk|pad)>)")  # what a text must not be able to say
_ODD = {c: " " for c in range(0x20) if c not in (0x09, 0x0A, 0x0D)} | {0x7F: " "}
_ODD |= dict.fromkeys(range(0xD800, 0xE000), " ")


@dataclass(frozen=True, slots=True)
class Markup:
    """How a term's source and target are written into a source text; `suggested` opens one that is a suggestion."""

    open: str = "<term>"
    middle: str = "<as>"
    close: str = "</term>"
    suggested: str = "<term>"

    def write(self, source: str, target: str, *, soft: bool = False) -> str:
        """The annotation of one term, or of a suggestion."""
        return f"{self.suggested if soft else self.open}{source}{self.middle}{target}{self.close}"


Recase = Callable[[str, str], str]


def as_it_is(_: str, normal: str) -> str:
    """Capitals stay what they are."""
    return normal


@dataclass(frozen=True, slots=True)
class Reading:
    """What of a normalised text is given to a model in other letters.

    `recase` is given the text before and after normalisation and returns the latter with other capitals; `respell`
    finds the words that get another spelling.
    """

    recase: Recase = as_it_is
    respell: Callable[[str], list[Replacement]] = lambda _: []

    def text(self, text: str) -> str:
        """The text as the model reads it."""
        read = self.recase(text, normalise(text))
        return respelled(read, self.respell(read))

    def aligned(self, text: str) -> Aligned:
        """The same with the origin of every character."""
        base = normalise_aligned(text)
        base = Aligned(self.recase(text, base.text), base.starts, base.ends)
        return respelled_aligned(base, self.respell(base.text))


def clean(text: str) -> str:
    """`text` without what no model can read, each such character replaced by one: offsets stay.

    Control characters and lone surrogates become spaces.
    """
    return text.translate(_ODD)


def written(request: Request, markup: Markup | None, *, reading: Reading | None) -> str:
    """What the model reads for `request`, the terms annotated if it knows `markup`; no `reading`: another's model."""
    if not request.constraints or markup is None:
        text = clean(request.text)
        return _safe(reading.text(text) if reading else _plain(text))
    return written_aligned(request, markup, reading=reading).text


def written_aligned(request: Request, markup: Markup | None, *, reading: Reading | None) -> Aligned:
    """The same with the origin in `request.text` of every character; annotations come from the whole of their term."""
    base = bare(request.text, reading=reading)
    parts: list[Aligned] = []
    last = 0
    for c in sorted(request.constraints, key=lambda c: c.start) if markup else ():
        start, end = base.span(c.start, c.end)
        if start == end or start < last:  # nothing is left of it, or it shares a character with the one before
            continue
        target = " ".join(_safe(clean(c.target)).split())
        assert markup is not None  # noqa: S101 - for the type checker
        mark = markup.write(_safe(base.text[start:end]), target, soft=c.soft)
        parts += [_cut(base, last, start), Aligned(mark, (c.start,) * len(mark), (c.end,) * len(mark))]
        last = end
    parts.append(_cut(base, last, len(base.text)))
    return Aligned(
        "".join(p.text for p in parts),
        tuple(s for p in parts for s in p.starts),
        tuple(e for p in parts for e in p.ends),
    )


def bare(text: str, *, reading: Reading | None) -> Aligned:
    """What the model reads for `text` before anything is annotated, and the origin of every character."""
    text = clean(text)
    return reading.aligned(text) if reading else _plain_aligned(text)


def _safe(text: str) -> str:
    return _SPECIAL.sub("< ", text)


def _cut(a: Aligned, start: int, end: int) -> Aligned:
    """A stretch of `a`, in which nothing reads as a mark."""
    text, chars = a.text[start:end], list(range(start, end))
    for m in reversed(list(_SPECIAL.finditer(text))):
        chars.insert(m.end(), start + m.start())
    return Aligned(_safe(text), tuple(a.starts[i] for i in chars), tuple(a.ends[i] for i in chars))


def _plain(text: str) -> str:
    """For foreign models, whose tokenizers bring their own normalisation."""
    return " ".join(text.split())


def _plain_aligned(text: str) -> Aligned:
    words = [m.span() for m in re.finditer(r"\S+", text)]
    spans: list[tuple[int, int]] = []
    for k, (a, b) in enumerate(words):
        if k:
            spans.append((words[k - 1][1], a))
        spans += [(i, i + 1) for i in range(a, b)]
    return Aligned(_plain(text), tuple(a for a, _ in spans), tuple(b for _, b in spans))


def joined(pieces: Sequence[str], silent: frozenset[str] = frozenset()) -> tuple[str, tuple[Token, ...]]:
    """The text that `pieces` spell, and the place in it of each; those in `silent` spell nothing.

    Spaces at the beginning are dropped: SentencePiece puts one before every text. Bytes that are no UTF-8
    spell U+FFFD.
    """
    text: list[str] = []
    spans: list[tuple[int, int]] = []
    at, i = 0, 0
    while i < len(pieces):
        run = i
        while run < len(pieces) and _BYTE.fullmatch(pieces[run]):
            run += 1
        if run > i:
            said = bytes(int(p[3:5], 16) for p in pieces[i:run]).decode(errors="replace")
        else:
            run = i + 1
            said = "" if pieces[i] in silent else pieces[i].replace("▁", " ")
            if not at:
                said = said.lstrip(" ")
        spans += [(at, at + len(said))] * (run - i)
        at += len(said)
        if said or pieces[i] not in silent:
            text.append(said)
        i = run
    return "".join(text), tuple(Token(p, a, b) for p, (a, b) in zip(pieces, spans, strict=True))


def spelled(pieces: Sequence[str], silent: frozenset[str]) -> tuple[str, tuple[Token, ...]]:
    """The translation that target pieces spell, and the place in it of each; what ends it is no space."""
    text, tokens = joined(pieces, silent)
    size = len(text.rstrip())
    if size == len(text):
        return text, tokens
    return text[:size], tuple(Token(t.piece, min(t.start, size), min(t.end, size)) for t in tokens)


def located(pieces: Sequence[str], origin: Aligned, silent: frozenset[str]) -> tuple[Token, ...]:
    """Source pieces with their place in the request's text, by way of the text that the model read."""
    said, tokens = joined(pieces, silent)
    where = range(len(said) + 1) if said == origin.text else _match(said, origin.text)
    out = []
    for t in tokens:
        a, b = where[t.start], where[t.end]
        while a < b and origin.text[a].isspace():  # the space before a word is not part of it
            a += 1
        out.append(Token(t.piece, origin.starts[a], origin.ends[b - 1]) if a < b else Token(t.piece, 0, 0))
    return tuple(out)


def _match(said: str, text: str) -> list[int]:
    """For each boundary in `said` one in `text`, where a tokenizer's own normalisation has changed the text."""
    places = [0] * (len(said) + 1)
    matcher = SequenceMatcher(None, _folded(said), _folded(text), autojunk=False)
    for _, a0, a1, b0, b1 in matcher.get_opcodes():
        for i in range(a0, a1):
            places[i] = min(b0 + (i - a0), b1)
        places[a1] = b1
    return places


def _folded(text: str) -> str:
    """Compatibility forms as plain ones, one for one."""
    return "".join(plain if len(plain := unicodedata.normalize("NFKC", c)) == 1 else c for c in text)
