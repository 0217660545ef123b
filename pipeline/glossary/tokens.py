"""English text as tokens for term matching, with their offsets.

A token is a word, a number, an abbreviation with its periods (`U.S.`), a possessive `'s`, or one mark of punctuation.
A web or e-mail address is one token, and so is `US$`, so that no term is found in them.
White space, hyphens inside compounds, inline tags (`<a1>`, `</a1>`, `<x2/>`) and invisible characters are no tokens:
terms match across them. `fold` and `clean` say which tokens are the same.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import accumulate, compress

_HAN = r"\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # no part of an English word beside them
_LETTER = rf"[^\W\d_{_HAN}]"
_ALNUM = rf"[^\W_{_HAN}]"
_INSIDE = r"[\u0300-\u036f\u00ad\u200c\u200d\u2060\ufeff]"  # marks and invisible characters within a word
_APOSTROPHE = "['\u2019\u02bc\uff07]"
_HYPHEN = r"[-\u2010-\u2013\u2212]"
_TAG = r"</?[a-z]+\d+/?>"
_ANY = (
    rf"(?:{_LETTER}\.){{2,}}(?:{_LETTER}(?!{_ALNUM}))?"  # U.S., U.S, D.C., e.g.
    r"|\d+(?:[.,]\d+)+"  # 1,500 and 3.5
    r"|[A-Z]{1,3}\$"  # US$, HK$
    r"|(?:RMB|CNY|USD|HKD|TWD|NTD|EUR|GBP|JPY|KRW|RUB|INR|AUD|CAD|SGD|CHF)(?=\d)"  # RMB17 billion
    rf"|{_ALNUM}+(?:{_INSIDE}+{_ALNUM}*%s|{_APOSTROPHE}(?![sS](?!{_ALNUM})){_ALNUM}+)*"  # O'Brien; dé + accent + tente
    rf"|{_APOSTROPHE}[sS](?!{_ALNUM})"
    rf"|(?<!\S){_HYPHEN}|{_HYPHEN}(?!\S)"  # a dash between spaces parts what a hyphen joins
    rf"|[{_HAN}]+"
    r"|[^\s\w\-\u2010-\u2013\u2212\u200b-\u200f\u2060\ufeff\u00ad\u202a-\u202e\u2066-\u2069]"
)
_ADDRESS = rf"(?:https?://|www\.)[^\s<>\"“”{_HAN}]+|[\w.+-]{{1,64}}@[\w-]+(?:\.[\w-]+)+"
_PLAIN = re.compile(_ANY % "")
# Tags parse as tokens, to be dropped, except where they cut a word: `<a1>R</a1>ussia` is one word.
_RICH = re.compile(rf"{_TAG}|{_ADDRESS}|" + _ANY % rf"|(?:</?[a-z]+\d+>)+(?=[a-z]){_ALNUM}+")
# Texts between two tokens and tokens, by turns: faster than to ask every token for its place
_PLAIN_PARTS, _RICH_PARTS = (re.compile(f"({one.pattern})") for one in (_PLAIN, _RICH))
_MARKED = ("<", "://", "www.", "@")  # what a text has that needs the slower of the two
_STRIP_TAG = re.compile(_TAG)
_DROP = re.compile(r"[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]")
_SAME = str.maketrans(
    {"’": "'", "ʼ": "'", "＇": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'}
    | {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae", "Æ": "AE"}
    | {"œ": "oe", "Œ": "OE"}
)


def tokenize(text: str) -> list[tuple[int, int, str]]:
    """The tokens of a text as (start, end, surface), in order."""
    words, places = placed(text)
    return [(start, start + len(word), word) for start, word in zip(places, words, strict=True)]


def surfaces(text: str) -> list[str]:
    """The surfaces of the tokens alone."""
    if not any(mark in text for mark in _MARKED):
        return _PLAIN.findall(text)
    return [word for word in _RICH.findall(text) if not _is_tag(word)]


def placed(text: str) -> tuple[list[str], list[int]]:
    """The surfaces of the tokens, and where they start: two lists that are no burden to the garbage collector."""
    marked = any(mark in text for mark in _MARKED)
    parts = (_RICH_PARTS if marked else _PLAIN_PARTS).split(text)
    words, places = parts[1::2], list(accumulate(map(len, parts)))[:-1:2]
    if not marked:
        return words, places
    kept = [not _is_tag(word) for word in words]
    return list(compress(words, kept)), list(compress(places, kept))


def _is_tag(word: str) -> bool:
    return len(word) > 1 and word[0] == "<"


def clean(surface: str) -> str:
    """A surface without what never matters: accents, shapes of quotes, periods in abbreviations, tags in a word."""
    if surface.isascii():
        if len(surface) == 1:
            return surface
    else:
        surface = _DROP.sub("", unicodedata.normalize("NFKD", surface.translate(_SAME)))
    if "<" in surface and len(surface) > 1:
        surface = _STRIP_TAG.sub("", surface)
    if len(surface) > 1:
        return surface.replace(",", "") if surface[0].isdigit() else surface.replace(".", "")
    return surface


def fold(surface: str) -> str:
    """The key of a token: tokens of one key may match, whatever their case."""
    return clean(surface).lower()
