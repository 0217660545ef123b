"""Pairs -> packed piece ids, with terms and variations written into part of the sources.

    python training/encode.py OUT.npz SPM.model CORPUS_FOLDER [--shards 'core-*.tsv*'] [--annotate 0.3]

OUT.npz holds `s`, `t` (uint16 ids, each sentence ending in </s>), their offsets `so`, `to`, and `name`, an index
into `names` for every pair.
"""

import argparse
import multiprocessing
import random
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import numpy as np
import sentencepiece
from batches import save
from corpus import MIX, Pair, load_mix, mixed
from normalise import normalise
from terms import Lexicon, annotate, read_lexicons
from vary import vary

EOS = 0


class Settings(NamedTuple):
    """What a worker needs."""

    spm: str
    lexicon: Lexicon
    annotated: float
    longest: int


settings: Settings  # set in each worker by `start`
pieces: sentencepiece.SentencePieceProcessor


def prepare(pair: Pair, lexicon: Lexicon, annotated: float, rng: random.Random) -> tuple[str, str]:
    """A pair's two texts as the model sees them."""
    english, chinese = vary(normalise(pair.english), pair.chinese.strip(), rng)
    if rng.random() < annotated:
        english, chinese = annotate(english, chinese, lexicon, rng)
    return english, chinese


def start(given: Settings) -> None:
    """Set up a worker."""
    global settings, pieces  # noqa: PLW0603
    settings = given
    pieces = sentencepiece.SentencePieceProcessor(model_file=given.spm)


def encode_chunk(chunk: tuple[int, list[Pair]]) -> list[tuple[str, np.ndarray, np.ndarray]]:
    """Encode some pairs; those too long or with an impossible ratio of lengths are left out."""
    seed, pairs = chunk
    rng, out = random.Random(seed), []
    for pair in pairs:
        english, chinese = prepare(pair, settings.lexicon, settings.annotated, rng)
        x, y = pieces.encode(english), pieces.encode(chinese)
        # long sentences cost much of a CPU: all to two thirds of the limit, a third of those above
        n = max(len(x), len(y))
        if n < settings.longest * 2 // 3 or (n < settings.longest and seed % 3 == 0):
            out.append((pair.name, np.array([*x, EOS], np.uint16), np.array([*y, EOS], np.uint16)))
    return out


def pack(rows: list[tuple[str, np.ndarray, np.ndarray]]) -> dict[str, np.ndarray]:
    """The arrays of a data file."""
    names = sorted({name for name, _, _ in rows})
    offsets = lambda side: np.cumsum([0] + [len(row[side]) for row in rows])  # noqa: E731
    return {
        "s": np.concatenate([x for _, x, _ in rows]),
        "so": offsets(1),
        "t": np.concatenate([y for _, _, y in rows]),
        "to": offsets(2),
        "name": np.array([names.index(name) for name, _, _ in rows], np.uint8),
        "names": np.array(names),
    }


def main() -> None:
    """Command line."""
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("out", type=Path)
    a.add_argument("spm")
    a.add_argument("corpus", type=Path)
    a.add_argument("--shards", default="core-*.tsv*")
    a.add_argument("--lexicons", type=Path, help="folder of the lexicons [CORPUS_FOLDER]")
    a.add_argument("--mix", type=Path, default=MIX)
    a.add_argument("--annotate", type=float, default=0.3)
    a.add_argument("--longest", type=int, default=120, help="pieces a side; fewer are kept above two thirds of it")
    a.add_argument("--jobs", type=int, default=multiprocessing.cpu_count())
    a.add_argument("--seed", type=int, default=7)
    o = a.parse_args()
    pairs = mixed(sorted(o.corpus.glob(o.shards)), load_mix(o.mix), random.Random(o.seed))
    given = Settings(o.spm, read_lexicons(o.lexicons or o.corpus), o.annotate, o.longest)
    chunks = [(o.seed * 1_000_003 + i, pairs[i : i + 2000]) for i in range(0, len(pairs), 2000)]
    with multiprocessing.Pool(o.jobs, start, (given,)) as pool:
        rows = [row for part in pool.imap(encode_chunk, chunks) for row in part]
    save(o.out, **pack(rows))
    print(
        f"{len(rows)} pairs, {sum(len(y) for _, _, y in rows) / 1e6:.1f} M target pieces",
        dict(Counter(r[0] for r in rows)),
    )


if __name__ == "__main__":
    main()
