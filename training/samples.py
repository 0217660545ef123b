"""What a model in training says of packed sources, and how good that is."""

import multiprocessing
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import ctranslate2
import numpy as np
import sentencepiece
from export import SPM, convert
from likeness import grams, likeness
from model import EOS

Pair = tuple[np.ndarray, np.ndarray]  # piece ids of a source and of its reference, each with </s>
MOST = 120  # pieces of a translation; what reaches it is no sentence


class Sampled(NamedTuple):
    """A source, its reference and translations (piece ids with </s>), and how good each of these is."""

    source: np.ndarray
    reference: np.ndarray
    said: list[np.ndarray]
    reward: np.ndarray
    mean: float  # reward of all that were sampled, also of those that are not here


def extremes(reward: np.ndarray, kept: int) -> np.ndarray:
    """Indices of the `kept` worst and best rewards, half of each; all, if there are no more."""
    order = np.argsort(reward, kind="stable")
    half = kept // 2
    return order if len(order) <= kept else np.concatenate([order[:half], order[-(kept - half) :]])


class Sampler:
    """Translates with the weights that it is given, through a CTranslate2 folder of its own."""

    def __init__(self, folder: Path, scratch: Path, recall: float) -> None:
        """Take tokenizer and vocabulary map of the exported `folder`; `recall` is its weight in a likeness."""
        scratch.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(folder / "vmap.txt", scratch / "vmap.txt")
        self.scratch, self.spm, self.recall = scratch, folder / SPM, recall
        self.sp = sentencepiece.SentencePieceProcessor(model_file=str(self.spm))

    def _said(self, hf: Path, pairs: list[Pair], **options: object) -> Iterator[list[list[str]]]:
        """The translations of each source by the model in `hf`, as pieces."""
        convert(hf, self.spm, self.scratch)
        engine = ctranslate2.Translator(
            str(self.scratch), device="cpu", inter_threads=multiprocessing.cpu_count(), compute_type="int8"
        )
        results = engine.translate_batch(
            [self.sp.id_to_piece(source.tolist()) for source, _ in pairs],
            max_batch_size=64,
            beam_size=1,
            use_vmap=True,
            max_decoding_length=MOST,
            disable_unk=True,
            **options,
        )
        for result in results:
            yield [[p for p in h if p != "</s>"] for h in result.hypotheses]

    def _likeness(self, said: list[list[str]], reference: np.ndarray) -> np.ndarray:
        """How alike each translation and the reference are."""
        wanted = grams(self.sp.decode(reference[:-1].tolist()))
        return np.array([likeness(self.sp.decode(pieces), wanted, self.recall) for pieces in said])

    def greedy(self, hf: Path, pairs: list[Pair]) -> tuple[float, float]:
        """Of greedy translations, as they are decoded by default: mean likeness, pieces for one of the references."""
        said = [h[0] for h in self._said(hf, pairs, repetition_penalty=1.1, no_repeat_ngram_size=3)]
        good = [self._likeness([h], target)[0] for h, (_, target) in zip(said, pairs, strict=True)]
        return float(np.mean(good)), sum(map(len, said)) / sum(len(target) - 1 for _, target in pairs)

    def sample(  # noqa: PLR0917
        self, hf: Path, pairs: list[Pair], number: int, best: int, temperature: float, kept: int
    ) -> Iterator[Sampled]:
        """Different translations of each source, each piece being drawn among the `best`, the `kept` extremes of them.

        Sources of which the model says only one thing are left out: there is nothing to choose.
        """
        options = {"num_hypotheses": number, "sampling_topk": best, "sampling_temperature": temperature}
        for (source, target), hypotheses in zip(pairs, self._said(hf, pairs, **options), strict=True):
            said = [list(h) for h in sorted({tuple(h) for h in hypotheses}) if 0 < len(h) < MOST]
            if len(said) > 1:
                reward = self._likeness(said, target)
                taken = extremes(reward, kept)
                ids = [np.array([*self.sp.piece_to_id(said[k]), EOS]) for k in taken]
                yield Sampled(source, target, ids, reward[taken], float(reward.mean()))


def grouped(rows: list[Sampled], tokens: int, rng: np.random.Generator) -> Iterator[list[Sampled]]:
    """Batches of like lengths, of at most `tokens` padded target pieces, in random order."""
    longest = [max(len(r.reference), *map(len, r.said)) for r in rows]
    order = np.lexsort(([len(r.source) for r in rows], longest))
    out: list[list[Sampled]] = []
    count = 0
    for k in order:
        count += 1 + len(rows[k].said)
        if not out or count * longest[k] > tokens:
            out.append([])
            count = 1 + len(rows[k].said)
        out[-1].append(rows[k])
    for k in rng.permutation(len(out)):
        yield out[k]
