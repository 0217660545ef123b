"""Guided attention: where a word alignment model would have the decoder look, for the first two cross-attention heads.

The links come from the table of `align.py` while batches are made, so nothing but the table is kept. It lets the
attention lock on early; later the first head tells where a piece of the translation comes from.
"""

from pathlib import Path

import numpy as np
import torch
from align import agree, diagonal

HEADS = 2
COPY = 0.5  # link weight of a piece with itself, at least: names, numbers and what follows <as>


class Guide:
    """Link weights for batches."""

    def __init__(self, table: Path, pad: int) -> None:
        """Read the table into one matrix of square roots."""
        z = np.load(table)
        size = int(z["size"])
        counts = torch.zeros(size * size)
        counts[torch.from_numpy(z["source"].astype(np.int64) * size + z["target"])] = torch.from_numpy(z["count"])
        score = agree(counts, size).view(size, size)
        score.diagonal().clamp_(min=COPY)
        self.root = score.sqrt_().half().flatten()  # sixteen bits are enough for a square root
        self.size, self.pad = size, pad

    def links(self, x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        """The share of each target piece that each source piece explains (pairs, height, width); </s> explains none."""
        lx, ly = (x != self.pad).sum(1), (y != self.pad).sum(1)
        cell = y.clamp(max=self.size - 1)[:, :, None] + self.size * x.clamp(max=self.size - 1)[:, None, :]
        weight = self.root[cell].float().square_().mul_(diagonal(lx, ly, x.shape[1], y.shape[1]).exp_())
        weight *= (x != self.pad)[:, None, :]
        weight /= weight.sum(2, keepdim=True).clamp(min=1e-12)
        weight *= ((x != self.pad) & (x != 0))[:, None, :] & ((y != self.pad) & (y != 0))[:, :, None]
        return weight


def guided_loss(attention: torch.Tensor, links: torch.Tensor) -> torch.Tensor:
    """Cross entropy of the first heads' attention against the links, per linked piece."""
    return -(links[:, None] * attention[:, :HEADS].clamp(min=1e-6).log()).sum() / (HEADS * links.sum()).clamp(min=1.0)
