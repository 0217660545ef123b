"""Variations of training pairs that a reader of articles will meet: masks, headings, lower case.

Masks: a runtime that must carry something through untouched (a URL, a code span) writes `@1@`, `@2@` ... in its
place; the model is taught to copy these by masking what stands on both sides of a pair already.
"""

import random
import re

SAME = re.compile(r"https?://[^\s，。）)]+|[\w.]+@[\w.]+\w|[A-Za-z][A-Za-z0-9_./+-]{2,}|\d[\d.,:%/-]*\d|\d")
TAIL = re.compile(r"^[^.?!]*\.$")


def mask(n: int) -> str:
    """The mask token of number `n`; it is three pieces of the vocabulary."""
    return f"@{n}@"


def with_masks(english: str, chinese: str, rng: random.Random) -> tuple[str, str]:
    """Replace one or two stretches that stand exactly once on both sides by mask tokens."""
    if "@" in english or "@" in chinese:
        return english, chinese
    both = [x for x in dict.fromkeys(SAME.findall(english)) if english.count(x) == 1 and chinese.count(x) == 1]
    start = rng.choice((1, 1, 1, 2, 5, 11))
    for n, found in enumerate(rng.sample(both, min(len(both), rng.choice((1, 1, 2)))), start):
        if english.count(found) == 1 and chinese.count(found) == 1:
            english, chinese = english.replace(found, mask(n)), chinese.replace(found, mask(n))
    return english, chinese


def as_heading(english: str, chinese: str) -> tuple[str, str]:
    """A short sentence without its final period, on both sides."""
    if TAIL.match(english) and chinese.endswith("。") and len(english) < 80:
        return english[:-1], chinese[:-1]
    return english, chinese


def title_case(english: str) -> str:
    """Headline style: every longer word starts with a capital."""
    return re.sub(r"\b[a-z](?=[a-z]{3})", lambda m: m[0].upper(), english)


def vary(english: str, chinese: str, rng: random.Random) -> tuple[str, str]:
    """One of the variations, or none (most of the time)."""
    r = rng.random()
    if r < 0.05:
        return with_masks(english, chinese, rng)
    if r < 0.08:
        english, chinese = as_heading(english, chinese)
        return (title_case(english) if rng.random() < 0.5 else english), chinese
    if r < 0.10:
        return english[:1] + english[1:].lower(), chinese
    return english, chinese
