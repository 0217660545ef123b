"""Words and phrases of a dictionary that a small model has seldom met: the model's `dictionary.tsv`.

    python training/dictionary.py CORPUS WORDS.tsv OUT/dictionary.tsv [--mined OUT/lexicon.tsv]

WORDS has lines of English glosses (`canoe/kayak`), a tab, and their Chinese word, as CC-CEDICT has them. Turned about,
a gloss has many Chinese words, most of them rare, and the corpus tells which is meant: how large a share of a gloss's
sentences have the word in their targets. A gloss that the corpus hardly has is given the likeliest by how common the
words are and how near the front of their entries the gloss stands. What is likelier wrong than right is left out, so is
what the model has met often.
"""

import argparse
import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from corpus import lines, write_entries
from lexicon import pairs
from postings import COMMON, is_key

from pipeline.engines._lexicon import begins, cased, entries, forms, words

LONGEST_KEY, LONGEST_TARGET = 4, 8  # words; characters
SENTENCES = 300  # of a key that are looked at
# what a gloss loses for each before it, for each beside it, for a remark in it, for being a verb's form
LATER, OTHER, ASIDE, FORM = 0.7, 0.3, 0.7, 0.1
UNSEEN, WEIGHT = 0.5, 3  # how often the likeliest word of an unseen key is right; for how many sentences that counts
LIKELY = 0.4  # the least share: on development sets the words are then the references' as often or more
WHOLE = 0.5  # of a target's share that a longer one must have to go before it: `导弹` stands wherever `巡航导弹` does
SAMPLE = 3  # of so many targets one is counted for how common a Chinese word is

Candidates = dict[str, dict[str, float]]
"""For each English key the Chinese words that it may be, and how well each fits (a natural logarithm)."""

_ASIDE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*")
_SKIPPED = re.compile(r"\((?:Tw|old|archaic|literary|dialect|slang|Cantonese|Buddhism)\b|\bvariant of\b|^CL:")
_ARTICLE = re.compile(r"^(?:to be|to|an?|the)\s+", re.IGNORECASE)
_HAN = re.compile(rf"[\u4e00-\u9fff·]{{2,{LONGEST_TARGET}}}")
_VOWELS = "aeiou"


def conjugated(verb: str) -> Iterator[str]:
    """What the past and the participle of a verb may be; its third person is a plural's (`singulars`)."""
    if verb.endswith("e"):
        yield from (verb + "d", verb[:-1] + "ing")
    elif verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        yield from (verb[:-1] + "ied", verb + "ing")
    else:
        yield from (verb + "ed", verb + "ing")
        if verb[-1] not in _VOWELS + "wxy" and verb[-2:-1] in _VOWELS and verb[-3:-2] not in _VOWELS:
            yield from (verb + verb[-1] + "ed", verb + verb[-1] + "ing")


def candidates(listed: Iterable[str]) -> Candidates:
    """What each English gloss may be in Chinese, by the lines of a dictionary."""
    out: Candidates = defaultdict(dict)
    for entry in listed:
        glosses, target = entry.split("\t")[:2]
        if not _HAN.fullmatch(target):
            continue
        every = [part.strip() for gloss in glosses.split("/") for part in gloss.split(";")]
        for place, gloss in enumerate(every):
            if _SKIPPED.search(gloss):
                continue
            bare = _ASIDE.sub(" ", gloss).strip()
            key = " ".join(_ARTICLE.sub("", bare).split())
            if len(key) < 3 or not key.isascii() or not is_key(key) or key.count(" ") >= LONGEST_KEY:
                continue
            fit = -LATER * place - OTHER * (len(every) - 1) - (ASIDE if "(" in gloss else 0)
            forms = [form for form in conjugated(key) if bare.startswith("to ") and key.isalpha() and key.islower()]
            for form, fits in ((key, fit), *((form, fit - FORM) for form in forms)):
                out[form][target] = max(fits, out[form].get(target, -math.inf))
    return dict(out)


class Known:
    """Which keys of a dictionary a text holds."""

    def __init__(self, keys: Iterable[str]) -> None:
        """Remember them by their first words."""
        self.keys = frozenset(keys)
        self.longest: Counter[str] = Counter()
        for key in self.keys:
            first = key.split(" ")[0]
            self.longest[first] = max(self.longest[first], key.count(" ") + 1)

    def of(self, text: str) -> set[str]:
        """The keys in a text, a plural's and those with a sentence's capital among them."""
        found, spans = set(), words(text)
        for k, (start, end) in enumerate(spans):
            first = begins(text, start)
            for n in range(max(1, *(self.longest[head] for head in cased(text[start:end], first=first)))):
                if k + n < len(spans):
                    whole = text[start : spans[k + n][1]].removesuffix("'s")
                    found.update(self.keys.intersection(forms(whole, first=first)))
        return found


class Counts:
    """How often the corpus has the keys of a dictionary, and their candidates with them."""

    def __init__(self, both: Iterable[tuple[str, str]], meant: Candidates) -> None:
        """Count in pairs of sentences."""
        self.seen: Counter[str] = Counter()
        self.together: dict[str, Counter[str]] = defaultdict(Counter)
        self.common: Counter[str] = Counter()
        known, targets = Known(meant), {target for of in meant.values() for target in of}
        for number, (english, chinese) in enumerate(both):
            for key in known.of(english):
                self.seen[key] += 1
                if self.seen[key] <= SENTENCES:
                    self.together[key].update(target for target in meant[key] if target in chinese)
            if number % SAMPLE == 0:
                for n in range(2, LONGEST_TARGET + 1):
                    runs = (chinese[i : i + n] for i in range(len(chinese) - n + 1))
                    self.common.update(run for run in runs if run in targets)

    def likeliest(self, key: str, fits: Mapping[str, float]) -> tuple[str, float]:
        """A key's likeliest target, and the share of sentences in which it is expected to be right."""
        weights = {target: math.exp(fit) * (self.common[target] + 2) for target, fit in fits.items()}
        whole = sum(weights.values())
        looked_at = min(self.seen[key], SENTENCES)
        share = {
            target: (self.together[key][target] + WEIGHT * UNSEEN * weight / whole) / (looked_at + WEIGHT)
            for target, weight in weights.items()
        }
        rank = lambda target: (share[target], weights[target], target)  # noqa: E731
        best = max(share, key=rank)
        wholes = [target for target in share if best in target and share[target] >= WHOLE * share[best]]
        best = max((target for target in wholes if target != best), key=rank, default=best)
        return best, share[best]


def is_whole(key: str, fit: float) -> bool:
    """Whether an unseen key is a word, a name or all that a dictionary says of a Chinese word, and no description."""
    return fit == 0 or (" " not in key and fit > -ASIDE) or key.istitle()


def chosen(meant: Candidates, counts: Counts, mined: Mapping[str, str]) -> dict[str, str]:
    """The keys that the corpus has seldom or never, with their likeliest targets, to go before what was mined from it.

    What was mined is trusted where the dictionary has it too: of several right words it is the corpus's. A name whose
    small letters are another word's (Pentagon) is needed however common it is, for at the beginning of a sentence it
    would be taken for that word.
    """
    likely = {}
    for key, fits in meant.items():
        target, share = counts.likeliest(key, fits)
        if share >= LIKELY and (counts.seen[key] or is_whole(key, fits[target])) and mined.get(key) not in fits:
            likely[key] = target
    out = {key: target for key, target in likely.items() if counts.seen[key] < COMMON}
    return out | {key: target for key, target in likely.items() if key.istitle() and (out | mined).get(key.lower())}


def build(both: Iterable[tuple[str, str]], listed: Iterable[str], mined: Mapping[str, str]) -> dict[str, str]:
    """The words of a dictionary for the model, beside those that were mined."""
    meant = candidates(listed)
    return chosen(meant, Counts(both, meant), mined)


def main() -> None:
    """Command line."""
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("corpus", type=Path)
    a.add_argument("words", type=Path)
    a.add_argument("out", type=Path)
    a.add_argument("--mined", type=Path, help="the lexicon of lexicon.py, that this is to go before")
    o = a.parse_args()
    mined = dict(entries(o.mined)) if o.mined else {}
    found = build(pairs(o.corpus), lines(o.words), mined)
    write_entries(o.out, found)
    some = random.Random(1).sample(sorted(found.items()), min(40, len(found)))
    print(f"{len(found)} entries, such as " + ", ".join(f"{k} {t}" for k, t in some))


if __name__ == "__main__":
    main()
