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
from corpus import lines, load_mix, plausible, read_all, write_entries
from normalise import normalise
from postings import COMMON, LINKS, Row, is_key, parts, postings, truecased
from runs import LONGEST, LOOSE, Runs

AND = frozenset("和与及")
ENDINGS = frozenset("性化者家学员师器机法率力型物论症炎病业感式州岛")
LOOKED_AT = 80  # sentences of a word
CERTAIN = 0.8  # Dice from which a name's translation shows how names sound
CLEAR = 0.7  # Dice from which a name's translation may be part of a longer one's
KNOWN, KNOWN_SEEN = 0.35, 6  # Dice and sentences from which a word's translation is not its neighbours'
MUTUAL = 0.8  # the share of a translation's highest Dice that the words must have which claim it
RARE, VERY_RARE, TWICE = 20, 6, 2
FOREIGN = 1.0  # the mean of a foreign name's characters (see `foreign`)
SMALL = 5  # sentences with a word in small letters, from which its capital is no name's
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

    def __init__(self, runs: Runs, rows: list[Row], chinese: AbstractSet[str]) -> None:
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


def territories(seen: dict[str, np.ndarray]) -> Iterator[tuple[str, str]]:
    """The names of countries and territories by CLDR, those that the corpus seldom has."""
    english, chinese = Locale("en").territories, Locale("zh", script="Hans").territories
    for code, name in english.items():
        if code.isalpha() and code in chinese and len(seen.get(name, ())) < COMMON and is_key(name):
            yield name, chinese[code]


def pairs(corpus: Path) -> Iterator[tuple[str, str]]:
    """The sentence pairs, some sources capped; those that the training leaves out are left out."""
    mix, count = load_mix(), Counter[str]()
    for pair in read_all(corpus):
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
        for key, at in sorted(where.items())  # in one order: some of the sentences are drawn
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
    write_entries(o.out, found)
    some = random.Random(1).sample(sorted(found.items()), min(40, len(found)))
    print(f"{len(found)} entries, such as " + ", ".join(f"{k} {t}" for k, t in some))


if __name__ == "__main__":
    main()
