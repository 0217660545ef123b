"""Words and phrases whose one Chinese word its makers know, in all their forms: the model's `vocabulary.tsv`.

    python training/vocabulary.py CORPUS OUT/vocabulary.tsv [--words training/vocabulary.tsv] [--most 100]

A small model garbles a word that it has met ten times, and no dictionary that is turned about says what the press
writes for it. The lines of `--words` do: an English word (a verb in the infinitive) or a phrase, a tab, its Chinese.
Here they get their forms, and what the corpus has often is left out, for that the model knows better.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from corpus import write_entries
from dictionary import Known
from lexicon import pairs
from postings import COMMON

from pipeline.engines._lexicon import entries
from pipeline.glossary.inflect import noun_forms, verb_forms

WORDS = Path(__file__).with_name("vocabulary.tsv")
PARTICLES = frozenset(
    "about across after against ahead along apart around aside at away back behind by down for forward from in into "  # noqa: SIM905
    "of off on onto out over through to together toward towards under up upon with within without".split()
)


def inflected(key: str) -> Iterator[str]:
    """What running text may have of a word or a phrase: plurals, and forms of a verb with a particle behind it.

    The plural of a phrase is not among them: who looks a phrase up looks for its singular as well.
    """
    yield key
    first, space, rest = key.partition(" ")
    if not key.isascii():
        return
    if not space and key.isalpha() and key.islower():
        yield from sorted((noun_forms(key) | verb_forms(key)) - {key})
    elif rest.split(" ")[0] in PARTICLES and first.isalpha() and first.islower():
        yield from (f"{form} {rest}" for form in sorted(verb_forms(first) - {first}))


def expanded(listed: Mapping[str, str]) -> dict[str, str]:
    """Every form with its target; a form that is listed itself keeps its own, one of two words goes to the first."""
    out = dict(listed)
    for key, target in listed.items():
        for form in inflected(key):
            out.setdefault(form, target)
    return out


def seldom(targets: Mapping[str, str], english: Iterable[str], most: int) -> dict[str, str]:
    """The entries that fewer than `most` of these sentences have."""
    known, seen = Known(targets), Counter[str]()
    for text in english:
        seen.update(known.of(text))
    return {key: target for key, target in targets.items() if seen[key] < most}


def main() -> None:
    """Command line."""
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("corpus", type=Path)
    a.add_argument("out", type=Path)
    a.add_argument("--words", type=Path, default=WORDS)
    a.add_argument("--most", type=int, default=COMMON, help="sentences that have a word; with more it is left out")
    o = a.parse_args()
    every = expanded(dict(entries(o.words)))
    found = seldom(every, (english for english, _ in pairs(o.corpus)), o.most)
    write_entries(o.out, found)
    print(f"{len(found)} of {len(every)} forms")


if __name__ == "__main__":
    main()
