"""English sentences: sentencex, and a policy layer over it for what policy articles are full of.

sentencex proposes boundaries twice: with quotation marks blanked, as it never splits inside a quotation, and with
brackets blanked too. Every place where a sentence could end is then judged by the rules of sentence_end; where no rule
speaks, sentencex's own opinion stands. All work is linear.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from pipeline.text.sentence_end import END, judge, place

_HARD = r"[\f\v\x1c-\x1e\x85\u2028\u2029]"
_BREAK = re.compile(rf"[\n\r]|{_HARD}")
_NEWLINE = r"(?:\r\n|\n|\r(?!\n))"
_BLANK_LINE = re.compile(rf"{_NEWLINE}[^\S\n\r]*+{_NEWLINE}|{_HARD}")
_TAG = re.compile(r"<(?:/[a-z]{1,16}\d{1,6}|[a-z]{1,16}\d{1,6}/?)>")

_LETTERS = re.compile(r"[A-Z]\.[A-Z]")  # no place to cut
_ASKED = re.compile(r"[\"”’»'][a-z]")
_OPENING = re.compile(r"(?:(?<![^\s(\[—–])[\"'“‘«]|[(\[])[.!?…](?: ?[.!?…])*\Z")
_BLANK_QUOTES = re.compile(r"[“”\"«»‘]|(?<!\w)'|[’'](?!\w)")
# Blanked, one of these would put white space before a mark: sentencex then reads `a “reset”? or`, `“...shall` otherwise
_QUOTE_AT_MARK = re.compile(r"(?<![.!?…])[“”\"«»‘’'](?=[.!?…])")
_BRACKETS = str.maketrans("()", "  ")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_FLAT = str.maketrans("\n\r", "  ")


def segment(text: str, *, wrapped: bool = False) -> list[tuple[int, int]]:
    """Find the sentences of `text`: (start, end) offsets in code points, in order and trimmed of white space.

    What lies between them is white space only. A newline ends a sentence; with `wrapped` only a blank line does.
    Numbered tags (`<a1>`, `</a1>`, `<x2/>`) are looked through: a closing one stays with what it closes.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for stop, resume in [*(m.span() for m in (_BLANK_LINE if wrapped else _BREAK).finditer(text)), (len(text), 0)]:
        spans += _paragraph(text, start, stop)
        start = resume
    return spans


def _paragraph(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """The sentences of one paragraph, tags taken out and put back."""
    body = text[start:stop]
    if not body or body.isspace():
        return
    tags = [m.span() for m in _TAG.finditer(body)] if "<" in body else []
    plain = _TAG.sub("", body) if tags else body
    cuts = _boundaries(plain)
    if tags:
        cuts = _with_tags(cuts, body, tags)
    edges = [0, *cuts, len(body)]
    for left, right in pairwise(edges):
        piece = body[left:right]
        bare = piece.strip()
        if bare:
            head = left + len(piece) - len(piece.lstrip())
            yield start + head, start + head + len(bare)


def _with_tags(cuts: Sequence[int], body: str, tags: Sequence[tuple[int, int]]) -> list[int]:
    """Cuts in the text without tags as cuts in `body`: before opening tags, after all others."""
    places: list[int] = []  # of each tag in the text without tags
    removed: list[int] = []  # characters of tags up to and with each
    total = 0
    for left, right in tags:
        places.append(left - total)
        total += right - left
        removed.append(total)
    result = []
    for cut in cuts:
        first, last = bisect_left(places, cut), bisect_right(places, cut)
        here = cut + (removed[first - 1] if first else 0)
        for left, right in tags[first:last]:
            if body[left + 1] != "/" and body[right - 2] != "/":
                break
            here = right
        result.append(here)
    return result


def _boundaries(text: str) -> list[int]:
    """Where sentences of a paragraph end, as offsets; never 0 nor its length."""
    flat = _SURROGATES.sub("\ufffd", text).translate(_FLAT)
    bare = _BLANK_QUOTES.sub(" ", _QUOTE_AT_MARK.sub("x", flat))
    seen = _proposals(bare)
    brackets = _proposals(bare.translate(_BRACKETS)) if "(" in flat else seen
    cuts: list[int] = []
    begin = done = 0
    for match in END.finditer(flat):
        cut = match.start("gap")
        low, high = match.start("mark"), match.end("open")
        cuts += _unclaimed(flat, _between(seen, done, low))
        begin = _skip_space(flat, max(begin, cuts[-1] if cuts else 0))
        done = high + 1
        verdict = None if _ordinary(flat, match) else judge(place(flat, match, begin))
        if verdict is None:
            verdict = bool(_between(seen, low, done)) or (
                flat[begin] == "(" and bool(_between(brackets, low, done)) and flat.find(")", begin, cut) < 0
            )
        if verdict:
            cuts.append(cut)
    cuts += _unclaimed(flat, _between(seen, done, len(flat) - 1))
    return [cut for cut in cuts if 0 < cut < len(flat)]


def _unclaimed(text: str, offsets: Sequence[int]) -> Iterator[int]:
    """Proposals where no white space is, as in `left.Then`, before what opens a quotation there.

    But none inside `Sino-U.S.`, in `“Why?”he asked`, nor after the mark that opens `“...The parties`.
    """
    for at in offsets:
        if _LETTERS.match(text, max(at - 2, 0)) or _ASKED.match(text, max(at - 1, 0)):
            continue
        if _OPENING.search(text, max(at - 8, 0), at):
            continue
        yield at - 1 if text[at - 1] in "“‘«" else at


def _ordinary(text: str, match: re.Match[str]) -> bool:
    """Whether no rule can have an opinion: a long word in lower case or a question, and nothing closes after it."""
    if match["close"] or match["digits"]:
        return False
    word = text[max(match.start() - 7, 0) : match.start()]
    return match["mark"][0] in "?!‽" or (match["mark"] == "." and len(word) == 7 and word.isalpha() and word.islower())


def _proposals(text: str) -> list[int]:
    """The offsets at which sentencex begins a new sentence."""
    from sentencex import segment as propose  # noqa: PLC0415 - kept out of start-up

    return list(accumulate(map(len, propose("en", text))))


def _between(offsets: Sequence[int], low: int, high: int) -> Sequence[int]:
    """The offsets in (low, high]."""
    return offsets[bisect_right(offsets, low) : bisect_right(offsets, high)]


def _skip_space(text: str, start: int) -> int:
    while start < len(text) and text[start].isspace():
        start += 1
    return start
