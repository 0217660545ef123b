"""Words that a translation says twice in a row: `全球客户网络银行银行`, `劳动尊严的尊严`, `戴维·戴维斯`.

Small models stumble like this in one translation of thirty (114 of 3,415 texts of three test sets). Only whole pieces
of the model count, so that 越来越 behind 听起来 is no double, and only where the source repeats no word; one of the two
goes, with the 的 or the dot between, unless a term or a mask would be missing then.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from pipeline.engine import Request, Result, Token
from pipeline.glossary import apply
from pipeline.model import TermHit, Use
from pipeline.repair import masks

_LONGEST = 6  # pieces of what is said twice
_SHORTEST = 2  # characters
_BETWEEN = frozenset(("", "的", "·"))
_LISTED = frozenset("和或及、")  # between two that were two words in the source: only where the list ends there
_WORD = re.compile(r"[\d·]*[\u4e00-\u9fff][\u4e00-\u9fff·\d]*")
_ENDS = re.compile(r"[，。；：！？、”’）》的]|$")
# What Chinese itself says twice, and pronouns, of which the second begins a clause: 告诉我们我们应该
_USUAL = frozenset((
    "非常", "许多", "很多", "一个", "一步", "一次", "一天", "永远", "慢慢", "渐渐", "刚刚", "常常", "仅仅", "我们",
    "你们", "他们", "她们", "它们", "自己", "谢谢", "再见", "什么", "多少",
))  # fmt: skip
_PART = "\0"  # of a character, which is no word
_NEAR = 3  # words of the source among which a repeated one is looked for
_LETTERS = re.compile(r"[^\W\d_]+")
_COUNTED = 4  # letters; `the` may well come again


def without_doubles(
    requests: Sequence[Request], results: Sequence[Result], terms: Sequence[Sequence[TermHit]], locale: str, mask: str
) -> list[Result]:
    """The results, one for one, without what they say twice."""
    return [_once(*each, locale, mask) for each in zip(requests, results, terms, strict=True)]


def _once(request: Request, result: Result, terms: Sequence[TermHit], locale: str, mask: str) -> Result:
    at = 0
    found = _double(result, at)
    if found is None or _repeats(request.text):
        return result
    while found is not None:
        first, last = found
        new = _without(result, first, last)
        worse = _lacking(new.text, terms, locale) > _lacking(result.text, terms, locale)
        if worse or (mask and masks(result.text, mask) != masks(new.text, mask)):
            at = first + 1
        else:
            result = new
        found = _double(result, at)
    return result


def _repeats(source: str) -> bool:
    """Whether a text says a word again, a few words later."""
    words = [word.lower() for word in _LETTERS.findall(source)]
    return any(
        len(word) >= _COUNTED and word in words[max(0, place - _NEAR) : place] for place, word in enumerate(words)
    )


def _lacking(text: str, terms: Sequence[TermHit], locale: str) -> int:
    return sum(hit.use is Use.MISSING for hit in apply.verify(text, terms, locale)) if terms else 0


def _double(result: Result, begin: int) -> tuple[int, int] | None:
    """The first tokens from `begin` on that are said again, and what stands between: from token, to token."""
    tokens, text = result.tokens, result.text
    spans = Counter((token.start, token.end) for token in tokens)  # the bytes of one character share theirs
    words = [text[t.start : t.end] if spans[t.start, t.end] == 1 or t.start == t.end else _PART for t in tokens]
    for first in range(begin, len(words) - 1):
        for size in range(1, min(_LONGEST, (len(words) - first) // 2) + 1):
            middle = first + size
            said = "".join(words[first:middle])
            if len(said) < _SHORTEST or said in _USUAL or len(set(said)) == 1 or not _WORD.fullmatch(said):
                continue
            if words[middle : middle + size] == words[first:middle]:
                return first, middle
            between = words[middle]
            again = middle + 1 + size
            if words[middle + 1 : again] != words[first:middle]:
                continue
            ends = _ENDS.match(text, tokens[again - 1].end)
            if between in _BETWEEN or (between in _LISTED and ends):
                return first, middle + 1
    return None


def _without(result: Result, first: int, last: int) -> Result:
    """The result without these tokens."""
    tokens = result.tokens
    start, end = tokens[first].start, tokens[last - 1].end
    moved = [Token(t.piece, t.start - (end - start), t.end - (end - start)) for t in tokens[last:]]
    rows = result.attention
    if rows is not None:
        rows = rows[[*range(first), *range(last, len(rows))]]
    return replace(
        result, text=result.text[:start] + result.text[end:], tokens=(*tokens[:first], *moved), attention=rows
    )
