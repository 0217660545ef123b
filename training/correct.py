"""Correct what dictionary, vocabulary and lexicon suggest, by what a large teacher says in their place.

    python training/correct.py list LEXICONS TEACHER.tsv OUT.tsv [--least 3] [--most 0.25]
    python training/correct.py apply LEXICONS [--corrections training/corrections.csv]

LEXICONS are the model's files, separated by commas, in the order in which they are asked. `list` counts in the
teacher's pairs (`teacher.py`) how often a word that they know has their target, and writes down those that seldom have,
with examples: for a person, or the teacher, to judge. `corrections.csv` has the judgements: the word as running text
writes it and its target, or none if the model had better be left alone with it. `apply` puts them into the files.
"""

import argparse
import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from corpus import Pair, read, write_entries
from normalise import normalise

from pipeline.engines._lexicon import Lexicon, entries

CORRECTIONS = Path(__file__).with_name("corrections.csv")
AROUND = 45  # characters of an example on each side
EXAMPLES = 3


class Doubt(NamedTuple):
    """A word, what is suggested for it, its places, those that have the target, and some that have not."""

    word: str
    target: str
    seen: int
    right: int
    examples: list[str]


def doubts(pairs: Iterable[Pair], lexicon: Lexicon, least: int, most: float) -> Iterator[Doubt]:
    """The suggestions, by word, that at least `least` places have and at most the share `most` of them confirms."""
    places: dict[tuple[str, str], list[str | None]] = defaultdict(list)
    for pair in pairs:
        english = normalise(pair.english)
        for start, end, target in lexicon.hints(english, []):
            example = f"{english[max(0, start - AROUND) : end + AROUND]} => {pair.chinese}"
            places[english[start:end], target].append(None if target in pair.chinese else example)
    for (word, target), found in sorted(places.items()):
        wrong = [example for example in found if example is not None]
        right = len(found) - len(wrong)
        if len(found) >= least and right <= most * len(found):
            yield Doubt(word, target, len(found), right, wrong[:EXAMPLES])


def corrections(path: Path = CORRECTIONS) -> dict[str, str]:
    """The words with their targets; an empty one says that the word is to have none."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["source"]: row["zh_CN"] for row in csv.DictReader(file)}


def corrected(files: list[dict[str, str]], changes: Mapping[str, str]) -> list[dict[str, str]]:
    """The files with the changes: a word stands in the first file that had it, or in the first, or in none."""
    out = [{word: target for word, target in file.items() if word not in changes} for file in files]
    for word, target in changes.items():
        if target:
            home = next((k for k, file in enumerate(files) if word in file), 0)
            out[home][word] = target
    return out


def main() -> None:
    """Command line."""
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = a.add_subparsers(required=True, dest="verb")
    lists = verbs.add_parser("list", help="write down what the teacher seldom says")
    applies = verbs.add_parser("apply", help="correct the files")
    for verb in (lists, applies):
        verb.add_argument("lexicons", help="separated by commas")
    lists.add_argument("teacher", type=Path)
    lists.add_argument("out", type=Path)
    lists.add_argument("--least", type=int, default=3, help="places of a word")
    lists.add_argument("--most", type=float, default=0.25, help="share of them that has the target")
    applies.add_argument("--corrections", type=Path, default=CORRECTIONS)
    o = a.parse_args()
    paths = [Path(name) for name in o.lexicons.split(",")]
    if o.verb == "list":
        found = list(doubts(read(o.teacher), Lexicon(*paths), o.least, o.most))
        rows = ("\t".join([d.word, d.target, str(d.seen), str(d.right), *d.examples]) for d in found)
        o.out.write_text("".join(row + "\n" for row in rows), encoding="utf-8")
        print(f"{len(found)} doubts")
        return
    changes = corrections(o.corrections)
    for path, file in zip(paths, corrected([dict(entries(path)) for path in paths], changes), strict=True):
        write_entries(path, file)
    print(f"{len(changes)} words corrected, {sum(not target for target in changes.values())} of them taken out")


if __name__ == "__main__":
    main()
