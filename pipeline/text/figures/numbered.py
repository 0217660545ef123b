"""Numbered parts of laws, and things known by a number: `Article 5` is 第5条, `Resolution 2254` 第2254号决议.

Only with a capital: `article 5` may be the fifth of a series. What a small model says well itself is not here
(`Figure 3`, `Chapter 7`); it took a `Resolution` for 分辨率, an `Annex` for 吞并 and a `Type` for 键入.
"""

from __future__ import annotations

import re

from pipeline.text.figures.han_numerals import han
from pipeline.text.figures.rule import Rule

_FORMS = {
    "Article": ("第{0}条",),
    "Clause": ("第{0}条", "第{0}款"),
    "Resolution": ("第{0}号决议", "{0}号决议"),
    "Amendment": ("第{0}号修正案", "{0}号修正案"),
    "Proposition": ("{0}号提案", "第{0}号提案"),
    "Annex": ("附件{0}",),
    "Type": ("{0}型",),
    "Flight": ("{0}航班", "{0}次航班", "{0}号航班"),
}
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}
_SMALL = 10
_SPOKEN = frozenset({"Article", "Clause", "Annex"})  # whose small numbers are written in characters

_NUMBERED = (
    rf"(?<![\w'’-])(?P<all>(?-i:(?P<what>{'|'.join(_FORMS)}) "
    rf"(?P<number>\d{{1,5}}|(?:{'|'.join(sorted(_ROMAN, key=len, reverse=True))})|[A-Z]{{2}}\d{{2,4}})))"
    r"(?![\w/(-]|[.,]\d|’s \w|'s \w)"
)


def _numbered(match: re.Match[str]) -> list[str]:
    """The forms of a numbered thing, preferred first; none where its number is not one of this kind."""
    what, number = match["what"], match["number"]
    if number in _ROMAN and what not in _SPOKEN:
        return []
    if not number.isdigit() and number not in _ROMAN and what != "Flight":
        return []
    value = _ROMAN.get(number) or (int(number) if number.isdigit() else 0)
    written = [str(value) if number in _ROMAN else number]
    if what in _SPOKEN and 0 < value <= _SMALL:
        written.append(han(value))
    return [form.format(one) for one in written for form in _FORMS[what]]


RULES: tuple[Rule, ...] = ((_NUMBERED, _numbered),)
