"""Write what the lexicon suggests into packed sources, as a text is given to the model when it is translated.

    python training/hints.py DATA.npz LEXICON.tsv[,DICTIONARY.tsv] SPM.model OUT.npz [--swap 0.3]

Every suggestion is written, whether the target has it or not: so the model learns when to take one. Part of the names
that it has are changed for others of the lexicon on both sides: so names of all kinds are met in all places, and the
model learns to copy their characters whole and in order.
"""

import argparse
import random
from pathlib import Path

import numpy as np
import sentencepiece
from batches import save_changed
from encode import EOS
from spans import MOST_PIECES, written
from terms import MARKED, rewrite

from pipeline.engines._lexicon import Lexicon, entries


def suggested(source: str, lexicon: Lexicon) -> list[tuple[int, int, str]]:
    """The suggestions for a source, in order; none of them within an annotation."""
    return lexicon.hints(source, [m.span() for m in MARKED.finditer(source)])


def is_name(word: str) -> bool:
    """Whether a word is written like a name of one word."""
    return word.istitle() and word.isalpha()


def swapped(  # noqa: PLR0917
    source: str,
    target: str,
    hints: list[tuple[int, int, str]],
    names: list[tuple[str, str]],
    share: float,
    rng: random.Random,
) -> tuple[str, str]:
    """Both texts with the hints written in, a share of the names changed for others."""
    marks = []
    for start, end, meant in hints:
        word = source[start:end]
        if is_name(word) and target.count(meant) == 1 and rng.random() < share:
            new, other = rng.choice(names)
            if other not in target:
                target = target.replace(meant, other)
                word, meant = new, other  # noqa: PLW2901
        marks.append((start, end, word, meant))
    return rewrite(source, marks, opened=""), target


def main() -> None:
    """Command line."""
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("data", type=Path)
    a.add_argument("lexicons", help="separated by commas")
    a.add_argument("spm")
    a.add_argument("out", type=Path)
    a.add_argument("--swap", type=float, default=0.3, help="of the names, that another takes the place of")
    a.add_argument("--seed", type=int, default=13)
    o = a.parse_args()
    rng, paths = random.Random(o.seed), [Path(name) for name in o.lexicons.split(",")]
    lexicon = Lexicon(*paths)
    pieces = sentencepiece.SentencePieceProcessor(model_file=o.spm)
    names = [(word, meant) for path in paths for word, meant in entries(path) if is_name(word)]
    z = np.load(o.data)
    sides = (written(z[ids], z[offsets], pieces) for ids, offsets in (("s", "so"), ("t", "to")))
    changed: dict[int, tuple[np.ndarray, np.ndarray]] = {}
    count = right = 0
    for i, (source, target) in enumerate(zip(*sides, strict=True)):
        if source is None or target is None:
            continue
        if hints := suggested(source, lexicon):
            x, y = (pieces.encode(text) for text in swapped(source, target, hints, names, o.swap, rng))
            if max(len(x), len(y)) < MOST_PIECES:
                changed[i] = np.array([*x, EOS], np.uint16), np.array([*y, EOS], np.uint16)
                count += len(hints)
                right += sum(meant in target for _, _, meant in hints)
    save_changed(o.out, z, changed)
    print(f"{len(changed)} of {len(z['so']) - 1} sentences with {count} suggestions, {right} as in the target")


if __name__ == "__main__":
    main()
