"""Punctuation that Chinese does not use: half-width or doubled marks, straight or unpaired quotation marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from pipeline.model import Finding, Locale, Unit

_HAN = r"\u3007\u3400-\u9fff\U00020000-\U0003ffff"
_HALF = re.compile(rf"(?<=[{_HAN}”’」』》）])(?:[,;:?!](?!\w*[=/])|\.(?=\s*(?:[{_HAN}“「《（]|$)))")
_STRAIGHT = re.compile(rf"(?<=[{_HAN}，。：；！？、])\"|\"(?=[{_HAN}])")
_DOUBLED = re.compile(r"[，；：、。][，；：、。？！]+|[？！][，；：、。]+")
_TAG = re.compile(r"</?[A-Za-z][\w-]*/?>")
_APOSTROPHE = re.compile(r"(?<=[A-Za-z])[’'](?=[A-Za-z])|(?<=[A-Za-z])[’'](?=\s)|(?<!\w)’(?=\d)")
_QUOTES = {"“": "”", "‘": "’", "「": "」", "『": "』"}
_OTHERS = {"（": "）", "《": "》", "〈": "〉", "【": "】", "(": ")", "[": "]"}


def check(unit: Unit, locale: Locale) -> Iterator[Finding]:
    """Report each kind of mistake once."""
    del locale
    target = _TAG.sub("", unit.target)
    if half := sorted({m[0] for m in _HALF.finditer(target)}):
        yield Finding("punctuation", f"half-width after Chinese: {' '.join(half)}")
    if _STRAIGHT.search(target):
        yield Finding("punctuation", 'straight quotation mark in Chinese: "')
    if doubled := sorted({m[0] for m in _DOUBLED.finditer(target)}):
        yield Finding("punctuation", f"marks doubled: {' '.join(doubled)}")
    source = _TAG.sub("", unit.source)
    alone = _unpaired(target, _QUOTES)
    if alone and not _quotation_runs_on(source):
        yield Finding("punctuation", f"quotation marks without partner: {' '.join(alone)}")
    if (alone := _unpaired(target, _OTHERS)) and not _unpaired(source, _OTHERS):
        yield Finding("punctuation", f"brackets without partner: {' '.join(alone)}")


def _unpaired(text: str, pairs: dict[str, str]) -> list[str]:
    opening = {close: opened for opened, close in pairs.items()}
    stack: list[str] = []
    alone: list[str] = []
    for character in _APOSTROPHE.sub("", text):
        if character in pairs:
            stack.append(character)
        elif character in opening:
            if stack and stack[-1] == opening[character]:
                stack.pop()
            else:
                alone.append(character)
    return alone + stack


def _quotation_runs_on(source: str) -> bool:
    """Whether the source is one of a quotation's several sentences: it opens one without closing it, or vice versa."""
    counts = Counter(_APOSTROPHE.sub("", source))
    return counts['"'] % 2 == 1 or counts["“"] != counts["”"] or counts["‘"] != counts["’"]
