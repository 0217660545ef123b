"""Batches for training, made in the background, and the packed pairs of a development set."""

import queue
import threading
from pathlib import Path
from typing import NamedTuple

import batches
import numpy as np
import sentencepiece
import torch
from guide import Guide
from normalise import normalise
from splits import Splits

UNKNOWN = 1  # <unk>: what stands for a blank


class Noise(NamedTuple):
    """What keeps data that are seen many times from being known by heart."""

    splits: Splits
    split: float  # share of the sources' pieces that fall in two
    blank: float  # share of its own pieces that the decoder does not see


class Stream(threading.Thread):
    """Makes batches in the background, for ever."""

    def __init__(  # noqa: PLR0917
        self,
        data: batches.Packed,
        pad: int,
        tokens: int,
        guide: Guide | None,
        multiple: int,
        seed: int,
        noise: Noise | None = None,
    ) -> None:
        """Begin to make batches."""
        super().__init__(daemon=True)
        self.data, self.pad, self.tokens, self.guide, self.multiple = data, pad, tokens, guide, multiple
        self.noise = noise
        self.rng, self.ready = np.random.default_rng(seed), queue.Queue(8)
        self.start()

    def batch(self, b: np.ndarray, d: batches.Packed, *, noisy: bool = False) -> dict[str, torch.Tensor]:
        """The tensors of one batch."""
        noise = self.noise if noisy else None
        if noise:
            rows = [noise.splits(d.s[d.so[k] : d.so[k + 1]].astype(np.int64), noise.split, self.rng) for k in b]
            x = torch.from_numpy(batches.filled(rows, self.pad, self.multiple))
        else:
            x = torch.from_numpy(batches.padded(d.s, d.so, d.ls, b, self.pad, self.multiple))
        y = torch.from_numpy(batches.padded(d.t, d.to, d.lt, b, self.pad, self.multiple))
        before = y[:, :-1]
        if noise:
            hidden = torch.from_numpy(self.rng.random(tuple(before.shape)) < noise.blank)
            before = before.masked_fill(hidden & (before != self.pad), UNKNOWN)
        out = {
            "x": x,
            "shifted": torch.cat([torch.full((len(y), 1), self.pad), before], 1),
            "at": (y != self.pad).flatten().nonzero().squeeze(1),
            "y": y[y != self.pad],
        }
        if self.guide:
            out["links"] = self.guide.links(x, y)
        return {k: v.pin_memory() for k, v in out.items()} if torch.cuda.is_available() else out

    def run(self) -> None:
        """Fill the queue, epoch after epoch, until other data are to be used."""
        while True:
            data = self.data
            order = self.rng.permutation(len(data.ls))
            for b in batches.groups(data.ls, data.lt, order, self.tokens, self.rng):
                if self.data is not data:
                    break
                self.ready.put(self.batch(b, data, noisy=True))

    def turn_to(self, data: batches.Packed) -> None:
        """Go on with other data."""
        self.data = data


def dev_data(path: Path, sp: sentencepiece.SentencePieceProcessor, most: int = 400) -> batches.Packed:
    """The first pairs of a development set, packed."""
    pairs = [line.split("\t")[-2:] for line in path.read_text(encoding="utf-8").splitlines()[:most]]
    x, y = (
        [np.array([*sp.encode(text)[:200], 0], np.int64) for text in side]
        for side in ([normalise(e) for e, _ in pairs], [z for _, z in pairs])
    )
    offsets = lambda side: np.cumsum([0] + [len(ids) for ids in side])  # noqa: E731
    return batches.Packed(
        np.concatenate(x),
        offsets(x),
        np.concatenate(y),
        offsets(y),
        np.array([len(i) for i in x]),
        np.array([len(i) for i in y]),
    )
