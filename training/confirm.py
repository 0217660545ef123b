"""Confirm a mined lexicon by where a trained model looks: what it drops, and what it makes whole.

    python training/confirm.py CORPUS FOLDER LEXICON.tsv OUT.tsv

Statistics of sentences (`lexicon.py`) take what is often said with a name for its translation: `Air France 汉莎航空`.
Reading a pair whose source has the word and whose target has its translation, a decoder with guided attention looks at
the word while it says the translation, or it does not. FOLDER is an exported model.
"""

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import mean
from typing import NamedTuple

import numpy as np
import sentencepiece
import torch
from corpus import write_entries
from dictionary import Known
from guide import HEADS
from lexicon import pairs, territories
from spans import places
from torch.nn.utils.rnn import pad_sequence
from transformers import MarianMTModel

from pipeline.engines._lexicon import entries
from pipeline.glossary.align import Alignment, shares, tied
from pipeline.model import Term, TermHit

EACH, AMONG = 4, 12  # sentences a word that are read, and of how many they are drawn
LONGEST = (420, 160)  # characters of the two sides
BATCH = 64
UNSEEN, DOUBTFUL, CLEAR = 0.1, 0.25, 0.4  # shares of the attention that a translation gives its word
BRACKETS = frozenset("()（）")  # `米娅·李（Mia Lee` is a name and its explanation
AGREED, LEAST = 0.75, 3  # of the readings that must tie the same longer run to a word, and of how many


class Reading(NamedTuple):
    """How much of its attention a translation gives to its word, and the run that is tied to the word."""

    share: float
    run: str


class Example(NamedTuple):
    """A pair in which a word stands, as a model reads it: where the word is, and where the pieces of each side are."""

    key: str
    start: int
    chinese: str
    source: tuple[list[int], list[tuple[int, int]]]
    target: tuple[list[int], list[tuple[int, int]]]


def examples(
    both: Iterable[tuple[str, str]], lexicon: dict[str, str], pieces: sentencepiece.SentencePieceProcessor
) -> Iterator[Example]:
    """Some pairs for every entry that has any, without those that are spelled in bytes."""
    known, found = Known(lexicon), defaultdict(list)
    for english, chinese in both:
        if len(english) >= LONGEST[0] or len(chinese) >= LONGEST[1]:
            continue
        for key in known.of(english):
            if lexicon[key] in chinese and len(found[key]) < AMONG:
                found[key].append((english, chinese))
    rng = random.Random(3)
    for key, at in sorted(found.items()):
        for english, chinese in rng.sample(at, EACH) if len(at) > EACH else at:
            start = english.lower().find(key.lower())
            sides = [pieces.encode(text) for text in (english, chinese)]
            said = [[pieces.id_to_piece(i) for i in side] for side in sides]
            if any(p.startswith("<0x") for side in said for p in side):
                continue
            (source, at_source), (target, at_target) = map(places, said)
            if start >= 0 and (source, target) == (english, chinese):
                yield Example(key, start, chinese, (sides[0], at_source), (sides[1], at_target))


def read(model: MarianMTModel, some: list[Example], lexicon: dict[str, str]) -> Iterator[tuple[str, Reading]]:
    """What the model's guided heads tell of a batch of examples."""
    pad, end = model.config.pad_token_id, model.config.eos_token_id
    x, y = (
        pad_sequence([torch.tensor([*ids, end]) for ids, _ in sides], batch_first=True, padding_value=pad)
        for sides in ([e.source for e in some], [e.target for e in some])
    )
    with torch.no_grad():
        attentions = model.model(
            input_ids=x,
            attention_mask=(x != pad).long(),
            decoder_input_ids=torch.cat([torch.full((len(y), 1), pad), y[:, :-1]], 1),
            output_attentions=True,
            use_cache=False,
        ).cross_attentions[-1]
    for example, weights in zip(some, attentions[:, :HEADS].mean(1).numpy(), strict=True):
        yield example.key, reading(example, weights, lexicon[example.key])


def reading(example: Example, weights: np.ndarray, meant: str) -> Reading:
    """What one pair tells of an entry; `weights` are (target pieces, source pieces), padded."""
    rows = weights[: len(example.target[1]), : len(example.source[1]) + 1]
    end = example.start + len(example.key)
    alignment = Alignment([*example.source[1], (0, 0)], example.target[1], rows.tolist())
    hit = TermHit(example.start, end, Term(example.key, {"zh_CN": (meant,)}), meant)
    first = example.chinese.find(meant)
    said = [share for (a, b), share in shares(hit, alignment) if a < first + len(meant) and first < b]
    span = tied(example.chinese, hit, alignment, ())
    return Reading(mean(said), example.chinese[slice(*span)] if span else "")


def confirmed(key: str, target: str, readings: list[Reading]) -> str:
    """The target, or the longer run that it is a part of; empty if it seems to be another word's."""
    if not readings:
        return target
    share = mean(r.share for r in readings)
    if share < UNSEEN or (share < DOUBTFUL and " " in key) or (share < CLEAR and key.isupper()):
        return ""
    run, count = Counter(r.run for r in readings).most_common(1)[0]
    agreed = len(readings) >= LEAST and count >= AGREED * len(readings) and share >= CLEAR
    part = target in run or (run and target.endswith(run) and "·" in run)  # `由卡尔·门格尔` has a word too many
    return run if agreed and part and not key.islower() and not set(run) & BRACKETS else target


def main() -> None:
    """Command line."""
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("corpus", type=Path)
    a.add_argument("folder", type=Path)
    a.add_argument("lexicon", type=Path)
    a.add_argument("out", type=Path)
    o = a.parse_args()
    lexicon = dict(entries(o.lexicon))
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(next(o.folder.glob("*.spm"))))
    model = MarianMTModel.from_pretrained(o.folder / "hf", dtype=torch.float32, attn_implementation="eager").eval()
    every = sorted(examples(pairs(o.corpus), lexicon, pieces), key=lambda e: len(e.source[0]) + len(e.target[0]))
    readings: dict[str, list[Reading]] = defaultdict(list)
    for i in range(0, len(every), BATCH):
        for key, told in read(model, every[i : i + BATCH], lexicon):
            readings[key].append(told)
    given = dict(territories({}))  # known without any corpus
    kept = {key: given.get(key) or confirmed(key, target, readings[key]) for key, target in sorted(lexicon.items())}
    write_entries(o.out, {key: target for key, target in kept.items() if target})
    dropped, changed = sum(not t for t in kept.values()), sum(t not in {"", lexicon[key]} for key, t in kept.items())
    print(f"{len(lexicon)} entries, {len(every)} readings: {dropped} dropped, {changed} changed")


if __name__ == "__main__":
    main()
