"""Words and phrases whose one Chinese word its makers know, in all their forms: the model's `vocabulary.tsv`.

    python training/vocabulary.py CORPUS OUT/vocabulary.tsv [--words training/vocabulary.csv]

A small model garbles a word that it has met ten times, and no dictionary that is turned about says what the press
writes for it. `vocabulary.csv` does: a word or a phrase, `v` for a verb in the infinitive or `n` for a singular noun,
its Chinese. Here they get their forms, and what the corpus has often is left out: that the model knows.
"""

import argparse
import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from corpus import write_entries
from dictionary import Known
from lexicon import pairs
from postings import COMMON

from pipeline.glossary.inflect import plurals, verb_forms
from pipeline.text.spelling import spellings, split_prefix

WORDS = Path(__file__).with_name("vocabulary.csv")


class Entry(NamedTuple):
    """A word or a phrase, what is inflected of it (`v`: its first word; `n`: the plural of its last), its target."""

    source: str
    pos: str
    target: str


def read(path: Path) -> list[Entry]:
    """The rows of a vocabulary. Raises ValueError that names the line that is broken."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    for number, row in enumerate(rows, 1):
        if len(row) != len(Entry._fields) or not row[0] or not row[2]:
            raise ValueError(f"{path}:{number}: not a source, a part of speech or none, and a target")
    return [Entry(*row) for row in rows[1:]]


def inflected(entry: Entry) -> Iterator[str]:
    """What running text may have of an entry, itself first."""
    yield entry.source
    first, space, rest = entry.source.partition(" ")
    if entry.pos == "v":
        yield from (form + space + rest for form in sorted(verb_forms(first) - {first}))
    elif entry.pos == "n":
        head, space, last = entry.source.rpartition(" ")
        yield from (head + space + form for form in sorted(plurals(last)))


def expanded(listed: Iterable[Entry]) -> dict[str, str]:
    """Every form, in British and American spelling, with its target.

    A form that is listed itself keeps its own target, one of two words has the first's.
    """
    entries = list(listed)
    out = {entry.source: entry.target for entry in entries}
    for entry in entries:
        for form in inflected(entry):
            out.setdefault(form, entry.target)
    for form, target in list(out.items()):
        for other in respelled(form):
            out.setdefault(other, target)
    return out


def respelled(form: str) -> Iterator[str]:
    """A form with one of its words in another spelling: `labour market`, `anti-trust`."""
    parts = form.split(" ")
    for place, word in enumerate(parts):
        for other in (*sorted(spellings(word) - {word}), *_hyphened(word)):
            yield " ".join((*parts[:place], other, *parts[place + 1 :]))


def _hyphened(word: str) -> Iterator[str]:
    if "-" not in word and (parted := split_prefix(word)):
        yield "-".join(parted)
    elif word.count("-") == 1 and split_prefix(word.replace("-", "")) == tuple(word.split("-")):
        yield word.replace("-", "")


def seldom(forms: Mapping[str, str], english: Iterable[str]) -> dict[str, str]:
    """The forms that fewer than COMMON of these sentences have."""
    known, seen = Known(forms), Counter[str]()
    for text in english:
        seen.update(known.of(text))
    return {form: target for form, target in forms.items() if seen[form] < COMMON}


def main() -> None:
    """Command line."""
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("corpus", type=Path)
    a.add_argument("out", type=Path)
    a.add_argument("--words", type=Path, default=WORDS)
    o = a.parse_args()
    forms = expanded(read(o.words))
    found = seldom(forms, (english for english, _ in pairs(o.corpus)))
    write_entries(o.out, found)
    print(f"{len(found)} of {len(forms)} forms")


if __name__ == "__main__":
    main()
