"""What a model in training says of packed sources, and how good that is."""

import json
import multiprocessing
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import batches
import ctranslate2
import numpy as np
import sentencepiece
from export import SPM, convert
from faults import faults
from hypotheses import Hypothesis, alike, limits, said
from model import EOS

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
        self.limits = limits(json.loads((folder / "model.json").read_text(encoding="utf-8")))
        self.sp = sentencepiece.SentencePieceProcessor(model_file=str(self.spm))

    def _said(self, hf: Path, sources: list[np.ndarray], **options: object) -> Iterator[list[Hypothesis]]:
        """The translations of each source by the model in `hf`."""
        convert(hf, self.spm, self.scratch)
        engine = ctranslate2.Translator(
            str(self.scratch), device="cpu", inter_threads=multiprocessing.cpu_count(), compute_type="int8"
        )
        return said(engine, self.sp, sources, beam_size=1, max_decoding_length=MOST, **options)

    def _text(self, ids: np.ndarray) -> str:
        """What piece ids with </s> stand for."""
        return self.sp.decode(ids[:-1].tolist())

    def greedy(self, hf: Path, sources: list[np.ndarray], targets: list[np.ndarray]) -> tuple[float, float]:
        """Of greedy translations, as they are decoded by default: mean likeness, pieces for one of the references."""
        found = [hypotheses[0] for hypotheses in self._said(hf, sources, **self.limits)]
        good = [alike([self.sp.decode(h)], self._text(t), self.recall)[0] for h, t in zip(found, targets, strict=True)]
        return float(np.mean(good)), sum(map(len, found)) / sum(len(target) - 1 for target in targets)

    def sample(  # noqa: PLR0917
        self,
        hf: Path,
        sources: list[np.ndarray],
        targets: list[np.ndarray],
        number: int,
        best: int,
        temperature: float,
        kept: int,
    ) -> Iterator[Sampled]:
        """Different translations of each source, each piece being drawn among the `best`, the `kept` extremes of them.

        Sources of which the model says only one thing are left out: there is nothing to choose.
        """
        options = {"num_hypotheses": number, "sampling_topk": best, "sampling_temperature": temperature}
        for source, target, hypotheses in zip(sources, targets, self._said(hf, sources, **options), strict=True):
            different = [list(h) for h in sorted({tuple(h) for h in hypotheses}) if 0 < len(h) < MOST]
            if len(different) > 1:
                read, texts = self._text(source), [self.sp.decode(pieces) for pieces in different]
                reward = np.array(alike(texts, self._text(target), self.recall)) - [faults(read, t) for t in texts]
                taken = extremes(reward, kept)
                ids = [np.array([*self.sp.piece_to_id(different[k]), EOS]) for k in taken]
                yield Sampled(source, target, ids, reward[taken], float(reward.mean()))


def grouped(rows: list[Sampled], tokens: int, rng: np.random.Generator) -> Iterator[list[Sampled]]:
    """Batches of like lengths, of at most `tokens` padded pieces of translations and references, in random order."""
    longest = [max(len(r.reference), *map(len, r.said)) for r in rows]
    each = max((1 + len(r.said) for r in rows), default=1)
    sources = np.array([len(r.source) for r in rows])
    for part in batches.groups(sources, np.array(longest), np.arange(len(rows)), tokens // each, rng):
        yield [rows[k] for k in part]
