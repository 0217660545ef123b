"""Guided attention: where a word alignment model would have the decoder look, for the first two cross-attention heads.

The links come from the table of `align.py` while batches are made, so nothing but the table is kept. It lets the
attention lock on early; later the first head tells where a piece of the translation comes from.
"""

from pathlib import Path

import torch
from align import Table, diagonal

HEADS = 2


class Guide:
    """Link weights for batches."""

    def __init__(self, table: Path, pad: int) -> None:
        """Read the table."""
        self.table, self.pad = Table(table), pad

    def links(self, x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        """The share of each target piece that each source piece explains (pairs, height, width); </s> explains none."""
        lx, ly = (x != self.pad).sum(1), (y != self.pad).sum(1)
        weight = self.table.links(x, y).mul_(diagonal(lx, ly, x.shape[1], y.shape[1]).exp_())
        weight *= (x != self.pad)[:, None, :]
        weight /= weight.sum(2, keepdim=True).clamp(min=1e-12)
        weight *= ((x != self.pad) & (x != 0))[:, None, :] & ((y != self.pad) & (y != 0))[:, :, None]
        return weight


def guided_loss(attention: torch.Tensor, links: torch.Tensor) -> torch.Tensor:
    """Cross entropy of the first heads' attention against the links, per linked piece."""
    return -(links[:, None] * attention[:, :HEADS].clamp(min=1e-6).log()).sum() / (HEADS * links.sum()).clamp(min=1.0)
