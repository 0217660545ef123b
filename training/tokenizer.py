"""Train the joint SentencePiece model (done once: the shipped `en-zh.spm` is used by everything else).

    python training/tokenizer.py CORPUS_FOLDER OUT_PREFIX [--size 24000] [--lines 3000000]

Identity normalisation (NFKC would turn ， into ,), byte fallback, no <s>, </s> as piece 0, the term marks as pieces.
"""

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

import sentencepiece
from corpus import load_mix, mixed
from normalise import normalise


def sentences(corpus: Path, shards: str, lines: int) -> Iterator[str]:
    """English and Chinese sentences in turn, balanced by source as in training."""
    for pair in mixed(sorted(corpus.glob(shards)), load_mix(), random.Random(1))[: lines // 2]:
        yield normalise(pair.english)
        yield pair.chinese


def main() -> None:
    """Command line."""
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("corpus", type=Path)
    a.add_argument("prefix")
    a.add_argument("--shards", default="core-*.tsv*")
    a.add_argument("--size", type=int, default=24_000)
    a.add_argument("--lines", type=int, default=3_000_000)
    o = a.parse_args()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=sentences(o.corpus, o.shards, o.lines),
        model_prefix=o.prefix,
        vocab_size=o.size,
        model_type="unigram",
        character_coverage=0.9995,
        normalization_rule_name="identity",
        byte_fallback=True,
        split_digits=False,
        user_defined_symbols=["<term>", "<as>", "</term>"],
        eos_id=0,
        unk_id=1,
        bos_id=-1,
        pad_id=-1,
        hard_vocab_limit=True,
    )


if __name__ == "__main__":
    main()
