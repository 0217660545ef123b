"""Of pairs from elsewhere, such as technical books, those whose English is nearest to news and policy texts.

    python training/nearest.py CORPUS OUT.tsv [--shards 'tech-*.tsv*'] [--pairs 230000]

OUT.tsv has the lines of a shard: it is for a folder of its own that `encode.py` reads. Nearness is the mean log ratio
of a word's probability in the wanted sources (`DOMAIN`) and in all that there is to choose from (Moore and Lewis 2010,
"Intelligent selection of language model training data"; bigrams here). Only whole sentences are taken, with little
else than words in them and little Latin in their translation: such books are machine-translated by large systems, and
what makes them worth having is how whole and how regular the translations of their ordinary sentences are.
"""

import argparse
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from corpus import Pair, read_all
from vmap import is_han

DOMAIN = {  # how often each of the wanted sources counts
    "news_commentary_10k": 4.0,
    "newsarchive_nyt_world_MT": 4.0,
    "yummy_nyt_bilingual": 4.0,
    "unity_power_people_book": 1.0,
    "yestoday_invest_letters": 1.0,
    "kajweb_dict_examples": 1.0,
    "tatoeba_cmn": 1.0,
    "thought_foundry_policy_LLM": 0.25,
    "thought_foundry_general_LLM": 0.25,
}
WORD = re.compile(r"[a-z]+|[0-9]+|[^\sa-z0-9]")
CODE = re.compile(r"[{}<>=\\_|#`\[\]~^*]|https?:|www\.|\b[a-z]+[A-Z]|\w\.\w+\(|\w\(\)|[a-z]\.[a-z]")
SHORTEST, LONGEST = 7, 70  # words
BEGIN = "<s>"
UNSEEN = 5.0  # sentences' worth of the unigram model behind each bigram


def words(text: str) -> list[str]:
    """Words in lower case, numbers and single marks, after a mark of the beginning."""
    return [BEGIN, *WORD.findall(text.lower())]


def ordinary(pair: Pair) -> bool:
    """Whether a pair is a whole sentence of words, and its translation Chinese."""
    english, chinese = pair.english, pair.chinese
    han = sum(map(is_han, chinese))
    latin = sum(c.isascii() and c.isalpha() for c in chinese)
    sentence = english[:1].isupper() and english[-1:] in tuple('.?!"') and not CODE.search(english)
    return sentence and SHORTEST < len(words(english)) <= LONGEST + 1 and han >= SHORTEST - 1 and 4 * latin <= han


class Bigrams(NamedTuple):
    """How often words and pairs of neighbours stand in some texts."""

    one: Counter[str]
    two: Counter[tuple[str, str]]

    @classmethod
    def of(cls, pairs: Iterable[Pair], weights: Mapping[str, float] | None = None) -> "Bigrams":
        """Count; a source that `weights` does not name does not count, without `weights` all count once."""
        one: Counter[str] = Counter()
        two: Counter[tuple[str, str]] = Counter()
        for pair in pairs:
            weight = 1.0 if weights is None else weights.get(pair.name, 0.0)
            if weight:
                found = words(pair.english)
                for word in found:
                    one[word] += weight
                for both in pairwise(found):
                    two[both] += weight
        return cls(one, two)

    def scores(self, found: list[str], total: float, kinds: int) -> list[float]:
        """Log probability of each word after its neighbour; `total` words of `kinds` kinds were counted."""
        return [
            math.log(
                (self.two[left, right] + UNSEEN * (self.one[right] + 0.5) / (total + 0.5 * kinds))
                / (self.one[left] + UNSEEN)
            )
            for left, right in pairwise(found)
        ]


def nearest(pairs: list[Pair], wanted: Bigrams, given: Bigrams, number: int) -> list[Pair]:
    """The `number` pairs nearest to what is wanted, each English sentence once, nearest first."""
    kinds = len(wanted.one.keys() | given.one.keys())
    totals = wanted.one.total(), given.one.total()
    once = {pair.english: pair for pair in reversed(pairs)}.values()

    def far(pair: Pair) -> float:
        found = words(pair.english)
        in_domain, out = (m.scores(found, total, kinds) for m, total in zip((wanted, given), totals, strict=True))
        return (sum(out) - sum(in_domain)) / len(in_domain)

    return sorted(once, key=lambda pair: (far(pair), pair.english))[:number]


def main() -> None:
    """Command line."""
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("corpus", type=Path)
    a.add_argument("out", type=Path)
    a.add_argument("--wanted", default="core-*.tsv*", help="shards with the wanted sources")
    a.add_argument("--shards", default="tech-*.tsv*", help="shards to choose from")
    a.add_argument("--pairs", type=int, default=230_000)
    o = a.parse_args()
    wanted = Bigrams.of(read_all(o.corpus, o.wanted), DOMAIN)
    everything = list(read_all(o.corpus, o.shards))
    possible = [p for p in everything if ordinary(p)]
    chosen = nearest(possible, wanted, Bigrams.of(everything), o.pairs)
    o.out.write_text("".join("\t".join(pair) + "\n" for pair in chosen), encoding="utf-8")
    print(f"{len(chosen)} of {len(everything)} pairs, {len(possible)} of them possible")


if __name__ == "__main__":
    main()
