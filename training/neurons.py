"""Dropout of feed-forward neurons: a pair does without some of them, the same at all of its positions.

Numbers are drawn for a pair and not for each position (variational dropout, Gal and Ghahramani 2016,
arXiv:1512.05287), which costs a CPU nothing that can be seen. The sums between layers are left alone: weights that
were trained without dropout do not survive it there.
"""

import torch
from transformers import MarianModel


class Neurons:
    """Hooks in a model's layers that leave neurons out while `active`."""

    def __init__(self, body: MarianModel, share: float) -> None:
        """Put hooks into all layers of `body`; `share` of the neurons are left out."""
        self.share, self.active = share, False
        for layer in (*body.encoder.layers, *body.decoder.layers):
            layer.fc2.register_forward_pre_hook(self._without)

    def _without(self, _: torch.nn.Module, given: tuple[torch.Tensor]) -> tuple[torch.Tensor] | None:
        if not (self.active and self.share):
            return None
        x = given[0]
        kept = torch.rand(x.shape[0], 1, x.shape[2], device=x.device) >= self.share
        return (x * (kept.to(x.dtype) / (1 - self.share)),)
