"""Mine names and rare words with their one translation from the corpus: the model's `lexicon.tsv`.

    python training/lexicon.py CORPUS OUT/lexicon.tsv [--words CORPUS/lexicon-cedict.tsv.xz]

A small model forgets a word that it has met five times; the corpus still knows it. A word's translation is the run of
Chinese characters that stands in the targets of its sentences and nowhere else: the highest Dice coefficient, twice the
sentences that have both, divided by the sum of those that have either (Smadja et al. 1996). What the other words of
those sentences are known to mean is taken out of the targets first (competitive linking, Melamed 2000), or the
neighbours of a rare word would pass for its translation. Words in small letters must mean a word of a Chinese word
list; what is very rare, and names of several words, must sound like foreign names or be made of such words. Names of
countries and territories are those of CLDR.
"""

import argparse
import itertools
import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from babel import Locale
from corpus import lines, load_mix, plausible, read
from normalise import normalise

from pipeline.engines._lexicon import WORDS, singulars, words

LONGEST = 9  # characters of a translation
LINKS = frozenset(
    ["of", "the", "and", "de", "van", "von", "al", "bin", "for", "in", "on", "du", "la", "el"]
)  # within a name
LOOSE = frozenset(
    "的了在和是与及或、就都也很有为把被对从向到这那其一不中上以等们个·"
)  # a translation begins and ends otherwise
AND = frozenset("和与及")
ENDINGS = frozenset("性化者家学员师器机法率力型物论症炎病业感式州岛")
LOOKED_AT = 80  # sentences of a word
CERTAIN = 0.8  # Dice from which a name's translation shows how names sound
CLEAR = 0.7  # Dice from which a name's translation may be part of a longer one's
KNOWN, KNOWN_SEEN = 0.35, 6  # Dice and sentences from which a word's translation is not its neighbours'
MUTUAL = 0.8  # the share of a translation's highest Dice that the words must have which claim it
COMMON = 100  # sentences; a word with more needs no lexicon
RARE, VERY_RARE, TWICE = 20, 6, 2
FOREIGN = 1.0  # the mean of a foreign name's characters (see `foreign`)
SMALL = 5  # sentences with a word in small letters, from which its capital is no name's
ALIKE = 2  # sentences with the same two words on either side of a word
TOGETHER, TOGETHER_ALONE = 0.7, 0.85  # a name that is so often part of one longer name is no name; the same of one word
SAME_WORD, OFTEN = (
    0.9,
    4,
)  # a run of which so large a share, so often at least, stands within one longer run is its part
SHARE = 0.25  # of a word's sentences that have its translation, at least
SAME = 0.95  # scores so near each other are equal: the longer translation is taken
PER_CHARACTER = 0.05  # what each character beyond the expected length costs
CAPS = {
    "taiwan_moj_laws": 30_000,
    "lctt_translateproject": 200_000,
    "python_docs_zh_cn": 5_000,
    "microsoft_docs_sxs": 15_000,
}


class Found(NamedTuple):
    """A word's translation: how many sentences the word has, and the Dice coefficient of the two."""

    target: str
    seen: int
    dice: float


class Runs:
    """All runs of 2 to LONGEST Chinese characters of the targets, numbered and counted, by 64-bit hashes."""

    def __init__(self, targets: list[str]) -> None:
        """Number them and count them."""
        self.text = "\n".join(targets) + "\n"
        codes = np.frombuffer(self.text.encode("utf-32-le"), np.uint32).astype(np.uint64)
        self.end = np.flatnonzero(codes == ord("\n"))
        self.start = np.concatenate([[0], self.end[:-1] + 1])
        han = ((codes >= 0x4E00) & (codes <= 0x9FFF)) | (codes == ord("·"))
        whole, number = han.copy(), (codes + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
        self.number, self.count = {}, {}
        for n in range(2, LONGEST + 1):
            longer = np.zeros_like(number)
            longer[:-1] = (number[:-1] ^ (number[:-1] >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
            longer[: 1 - n] += (codes[n - 1 :] + np.uint64(7)) * np.uint64(0x9E3779B97F4A7C15)
            still = np.zeros_like(whole)
            still[: 1 - n] = whole[: 1 - n] & han[n - 1 :]
            number, whole = longer, still
            _, ids, self.count[n] = np.unique(number[whole], return_inverse=True, return_counts=True)
            self.number[n] = np.full(len(codes), -1, np.int32)
            self.number[n][whole] = ids

    def target(self, sentence: int) -> str:
        """The text of one target."""
        return self.text[self.start[sentence] : self.end[sentence]]

    def shared(
        self, sentences: np.ndarray, taken: np.ndarray | None, least: float
    ) -> Iterator[tuple[int, int, int, int]]:
        """Runs that `least` of the sentences have or more: place and length, in how many, and how often in the corpus.

        `taken` marks the characters of these sentences, one after the other, that no run may hold.
        """
        at = np.concatenate([np.arange(self.start[i], self.end[i]) for i in sentences])
        before = None if taken is None else np.concatenate([[0], np.cumsum(np.append(taken, [0] * LONGEST))])
        for n, numbers in self.number.items():
            ids = numbers[at]
            free = ids >= 0
            if before is not None:
                free &= before[n : n + len(at)] == before[: len(at)]
            found, first, count = np.unique(ids[free], return_index=True, return_counts=True)
            kept = count >= least
            for place, seen, total in zip(at[free][first[kept]], count[kept], self.count[n][found[kept]], strict=True):
                yield int(place), n, min(int(seen), len(sentences)), int(total)

    def whole(self, place: int, n: int) -> str:
        """The run at a place with the neighbours without which it hardly ever stands: `尔干` is a part of `巴尔干`."""
        total = self.count[n][self.number[n][place]]
        while n < LONGEST:
            for start in (place - 1, place):
                longer = self.number[n + 1][start]
                edge = self.text[start if start < place else start + n]
                if longer >= 0 and edge not in LOOSE and self.count[n + 1][longer] >= max(SAME_WORD * total, OFTEN):
                    place, n = start, n + 1
                    break
            else:
                break
        return self.text[place : place + n]


def truecased(sentences: list[str]) -> list[list[tuple[str, int, int]]]:
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


def keys(text: str, row: list[tuple[str, int, int]]) -> set[str]:
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
    return {k for k in out if all(c.isalpha() or c in " '-" for c in k)}


def postings(sentences: list[str], rows: list[list[tuple[str, int, int]]]) -> dict[str, np.ndarray]:
    """In which sentences each word or name stands; plurals count for their singulars."""
    found: dict[str, list[int]] = defaultdict(list)
    for i, (text, row) in enumerate(zip(sentences, rows, strict=True)):
        for key in keys(text, row):
            found[key].append(i)
    for word in [w for w in found if w.islower()]:
        for base in singulars(word):
            if base in found and 4 * len(found[base]) > len(found[word]):
                found[base] = sorted({*found[base], *found.pop(word)})
                break
    often = {key: np.array(at) for key, at in found.items() if len(at) > 1}
    often |= {key: varied(key, at, rows) for key, at in often.items() if len(at) < COMMON}
    return {key: at for key, at in often.items() if len(at) > 1}


def varied(key: str, where: np.ndarray, rows: list[list[tuple[str, int, int]]]) -> np.ndarray:
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


@cache
def expected(key: str) -> float:
    """The length of a translation that is not yet suspicious: that of a name is told by its letters."""
    if key.islower():
        return 4
    if key.isupper():
        return LONGEST
    return sum(max(3, len(w) / 2) for w in key.split(" ") if w not in LINKS) + key.count(" ")


class Miner:
    """Finds translations; what `known` words mean is no translation of their neighbours."""

    def __init__(self, runs: Runs, rows: list[list[tuple[str, int, int]]], chinese: AbstractSet[str]) -> None:
        """Take the numbered targets, the words of the sources, and a list of Chinese words."""
        self.runs, self.rows, self.chinese = runs, rows, chinese
        self.known: dict[str, str] = {}
        self.claims: dict[str, str] = {}  # what a word seems to mean at first sight
        self.random = np.random.default_rng(1)

    def find(self, key: str, where: np.ndarray) -> Found | None:
        """The best translation of a word or name that stands in these sentences."""
        seen = len(where)
        if seen > LOOKED_AT:
            where = self.random.choice(where, LOOKED_AT, replace=False)
        taken = np.concatenate([self._explained(key, i) for i in where]) if self.known else None
        scored = []
        for place, n, both, total in self.runs.shared(where, taken, max(2, SHARE * len(where))):
            run = self.runs.text[place : place + n]
            if self._loose(run) or (key.islower() and not self._word(run)):
                continue
            together = both / len(where) * seen
            dice = 2 * together / (seen + max(total, together))
            scored.append((dice * math.exp(-PER_CHARACTER * max(0, n - expected(key))), n, place, dice))
        if not scored:
            return None
        top = max(scored)[0]
        n, place, dice = max((n, place, dice) for score, n, place, dice in scored if score >= SAME * top)
        return Found(self.runs.whole(place, n), seen, dice)

    def _explained(self, key: str, sentence: int) -> np.ndarray:
        """Which characters of a target other words of the source mean."""
        target = self.runs.target(sentence)
        out = np.zeros(len(target), np.int32)
        own, claim = {w.lower().rstrip("s") for w in key.split(" ")}, self.claims.get(key, "")
        for word in {w for w, _, _ in self.rows[sentence]}:
            meant = self.known.get(word)
            if meant is None or word.lower().rstrip("s") in own or meant in claim or (claim and claim in meant):
                continue
            at = target.find(meant)
            while at >= 0:
                out[at : at + len(meant)] = 1
                at = target.find(meant, at + 1)
        return out

    def _loose(self, run: str) -> bool:
        """Whether a run begins or ends with a small word, and not with a word that has its character."""
        first = run[0] in LOOSE and not any(run[:n] in self.chinese for n in (2, 3, 4))
        return first or (run[-1] in LOOSE and not any(run[-n:] in self.chinese for n in (2, 3, 4)))

    def _word(self, run: str) -> bool:
        """Whether a run is a Chinese word, one with an ending, or two."""
        if run in self.chinese or (len(run) > 2 and run[:-1] in self.chinese and run[-1] in ENDINGS):
            return True
        return any(run[:i] in self.chinese and run[i:] in self.chinese for i in range(2, len(run) - 1))


def foreign(found: dict[str, Found], runs: Runs) -> dict[str, float]:
    """How much likelier a character is in a foreign name than in a text, as a natural logarithm."""
    single = [f.target for key, f in found.items() if key[0].isupper() and " " not in key and f.dice > CERTAIN]
    names = Counter("".join(single))
    every = Counter(runs.text)
    share = sum(every[c] for c in every if c > "\u4e00") / max(1, sum(names.values()))
    return {c: math.log((n + 0.5) * share / (every[c] + 0.5)) for c, n in names.items()}


def made_of(run: str, chinese: AbstractSet[str]) -> bool:
    """Whether a run is cut whole into words of two characters or more, and perhaps an ending."""
    reached = {0}
    for i in range(2, len(run) + 1):
        if any(j in reached and run[j:i] in chinese for j in range(i - 1)):
            reached.add(i)
    return len(run) in reached or (len(run) - 1 in reached and run[-1] in ENDINGS)


def trusted(key: str, found: Found, sound: dict[str, float], chinese: AbstractSet[str], small: int = 0) -> bool:
    """Whether a translation is likely to be right and the model likely to lack it; measured on development sets.

    `small` is how many sentences have the word in small letters.
    """
    two = any(c in found.target for c in AND) if " and " in key else "·" in found.target and " " not in key
    if found.seen >= COMMON or two:
        return False
    if key.islower():
        return found.dice >= (0.5 if VERY_RARE <= found.seen < RARE else 0.7) and found.seen >= VERY_RARE
    foreign_name = sum(sound.get(c, -3.0) for c in found.target) >= FOREIGN * len(found.target)
    if not foreign_name and (small >= SMALL or not made_of(found.target, chinese)):
        return False
    if found.seen == TWICE:
        return foreign_name and found.dice >= 0.8
    if " " in key:
        return found.seen < RARE and found.dice >= 0.7
    return found.dice >= (0.7 if found.seen < RARE else 0.5)


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


def territories(seen: dict[str, np.ndarray]) -> Iterator[tuple[str, str]]:
    """The names of countries and territories by CLDR, those that the corpus seldom has."""
    english, chinese = Locale("en").territories, Locale("zh", script="Hans").territories
    for code, name in english.items():
        if (
            code.isalpha()
            and code in chinese
            and len(seen.get(name, ())) < COMMON
            and all(c.isalpha() or c in " '-" for c in name)
        ):
            yield name, chinese[code]


def pairs(corpus: Path) -> Iterator[tuple[str, str]]:
    """The sentence pairs, some sources capped; those that the training leaves out are left out."""
    mix, count = load_mix(), Counter[str]()
    for shard in sorted(corpus.glob("core-*.tsv*")):
        for pair in read(shard):
            cap = 0 if mix.get(pair.name, {}).get("cap") == 0 else CAPS.get(pair.name, math.inf)
            if count[pair.name] < cap and plausible(pair):
                count[pair.name] += 1
                yield normalise(pair.english), pair.chinese


def build(corpus: Path, chinese: AbstractSet[str] = frozenset()) -> dict[str, str]:
    """The lexicon of the corpus in a folder, with the help of a list of Chinese words."""
    both = list(pairs(corpus))
    sources = [e for e, _ in both]
    runs, rows = Runs([z.replace("\n", " ") for _, z in both]), truecased(sources)
    where = postings(sources, rows)
    miner, countries = Miner(runs, rows, chinese), dict(territories(where))
    first = {
        key: found
        for key, at in where.items()
        if KNOWN_SEEN <= len(at) < 20_000 and " " not in key and (found := miner.find(key, at)) and found.dice >= KNOWN
    }
    miner.claims = {key: f.target for key, f in first.items()}
    best: dict[str, float] = defaultdict(float)
    for f in first.values():
        best[f.target] = max(best[f.target], f.dice)
    miner.known = {key: f.target for key, f in first.items() if f.dice >= MUTUAL * best[f.target]}
    print(f"{len(both)} pairs, {len(where)} words and names, {len(first)} clear at once", flush=True)
    wholes = where.keys() - parts(where)
    found = {key: f for key in sorted(wholes) if len(where[key]) < COMMON and (f := miner.find(key, where[key]))}
    sound = foreign(first | found, runs)
    named = {f.target for key, f in (first | found).items() if key[0].isupper() and " " not in key and f.dice >= CLEAR}
    known = chinese | named
    out = {key: f.target for key, f in found.items() if trusted(key, f, sound, known, len(where.get(key.lower(), ())))}
    return out | countries


def word_list(path: Path) -> set[str]:
    """The second field of each line, where it is a word of two characters or more."""
    return {w for line in lines(path) if len(w := line.split("\t")[1]) > 1}


def main() -> None:
    """Command line."""
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("corpus", type=Path)
    a.add_argument("out", type=Path)
    a.add_argument("--words", type=Path, help="a list of Chinese words: the second field of its lines")
    o = a.parse_args()
    found = build(o.corpus, word_list(o.words) if o.words else set())
    o.out.write_text("".join(f"{key}\t{target}\n" for key, target in sorted(found.items())), encoding="utf-8")
    some = random.Random(1).sample(sorted(found.items()), min(40, len(found)))
    print(f"{len(found)} entries, such as " + ", ".join(f"{k} {t}" for k, t in some))


if __name__ == "__main__":
    main()
