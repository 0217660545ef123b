"""In which sentences of a corpus each English word and name stands."""

import itertools
from collections import Counter, defaultdict

import numpy as np

from pipeline.engines._lexicon import WORDS, singulars, words

LINKS = frozenset("of the and de van von al bin for in on du la el".split())  # noqa: SIM905 - within a name
COMMON = 100  # sentences; a word with more needs no lexicon
ALIKE = 2  # sentences with the same two words on either side of a word
TOGETHER, TOGETHER_ALONE = 0.7, 0.85  # a name that is so often part of one longer name is no name; the same of one word

Row = list[tuple[str, int, int]]
"""The words of a sentence, and where each stands."""


def truecased(sentences: list[str]) -> list[Row]:
    """The words of each sentence and where they stand; the first in the letters that it has elsewhere."""
    spans = [words(s) for s in sentences]
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for text, found in zip(sentences, spans, strict=True):
        for a, b in found[1:]:
            word = text[a:b]
            (small if word[0].islower() else capital)[word] += 1
    out = []
    for text, found in zip(sentences, spans, strict=True):
        row = []
        for k, (a, b) in enumerate(found):
            word = text[a:b].removesuffix("'s")
            low = word[0].lower() + word[1:]
            row.append((low if k == 0 and small[low] > capital[word] else word, a, a + len(word)))
        out.append(row)
    return out


def is_key(text: str) -> bool:
    """Whether a text is letters, spaces, apostrophes and hyphens alone."""
    return all(c.isalpha() or c in " '-" for c in text)


def keys(text: str, row: Row) -> set[str]:
    """The words of a sentence, and the names of several words: capitals at both ends, nothing but spaces between."""
    out = {w for w, _, _ in row if len(w) > 1}
    for i, (first, start, _) in enumerate(row):
        if not first[0].isupper():
            continue
        for last, _, end in row[i + 1 : i + WORDS]:
            if last[0].isupper():
                out.add(text[start:end])
            elif last not in LINKS:
                break
    return {k for k in out if is_key(k)}


def postings(sentences: list[str], rows: list[Row]) -> dict[str, np.ndarray]:
    """In which sentences each word or name stands; plurals count for their singulars."""
    found: dict[str, list[int]] = defaultdict(list)
    for i, (text, row) in enumerate(zip(sentences, rows, strict=True)):
        for key in keys(text, row):
            found[key].append(i)
    for word in sorted(w for w in found if w.islower()):
        for base in singulars(word):
            if base in found and 4 * len(found[base]) > len(found[word]):
                found[base] = sorted({*found[base], *found.pop(word)})
                break
    often = {key: np.array(at) for key, at in found.items() if len(at) > 1}
    often |= {key: varied(key, at, rows) for key, at in often.items() if len(at) < COMMON}
    return {key: at for key, at in often.items() if len(at) > 1}


def varied(key: str, where: np.ndarray, rows: list[Row]) -> np.ndarray:
    """The sentences of a word without those that say the same again: at most two with the same neighbours."""
    seen: Counter[tuple[str, ...]] = Counter()
    kept = []
    for i in where:
        said = [w for w, _, _ in rows[i]]
        at = next((k for k, w in enumerate(said) if w == key or key in singulars(w)), None)
        if at is not None:
            around = (*said[max(0, at - 2) : at], "", *said[at + 1 : at + 3])
            seen[around] += 1
            if seen[around] > ALIKE:
                continue
        kept.append(i)
    return np.array(kept)


def parts(where: dict[str, np.ndarray]) -> set[str]:
    """Names that are nearly always part of one longer name."""
    longest: dict[str, int] = defaultdict(int)
    for key, at in where.items():
        spans = words(key)
        for i, j in itertools.combinations(range(len(spans)), 2) if len(spans) > 1 else ():
            for part in (
                key[spans[i][0] : spans[j][1]],
                key[spans[i][0] : spans[i][1]],
                key[spans[j][0] : spans[j][1]],
            ):
                if part != key:
                    longest[part] = max(longest[part], len(at))
    return {
        part
        for part, n in longest.items()
        if part in where and n >= (TOGETHER if " " in part else TOGETHER_ALONE) * len(where[part])
    }
