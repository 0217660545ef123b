"""What every run has: a running average of the weights, a learning rate that rises and falls, files to go on from."""

import argparse
from collections.abc import Mapping
from pathlib import Path

import torch
from transformers import MarianMTModel


class Averaged:
    """Swaps averaged weights in and, at the end, out again."""

    def __init__(self, model: MarianMTModel, average: list[torch.Tensor]) -> None:
        """Take the model and the averages of its parameters."""
        self.params, self.average = list(model.parameters()), average

    def __enter__(self) -> None:
        self.kept = [p.detach().clone() for p in self.params]
        for p, q in zip(self.params, self.average, strict=True):
            p.data.copy_(q)

    def __exit__(self, *_: object) -> None:
        for p, q in zip(self.params, self.kept, strict=True):
            p.data.copy_(q)


def follow(average: list[torch.Tensor], model: MarianMTModel, ema: float, step: int) -> None:
    """Move the average towards the weights after `step` updates: fast at first, in the end by 1 - `ema`."""
    now = [p.detach() for p in model.parameters()]
    torch._foreach_lerp_(average, now, 1 - min(ema, (step + 1) / (step + 10)))


def rate(o: argparse.Namespace, step: int, left: float, least: float) -> float:
    """The learning rate with `left` seconds to go: o.warmup steps up to o.lr, o.decay minutes down to `least` of it."""
    falling = min(1.0, left / (o.decay * 60)) if o.decay else 1.0
    return o.lr * min(1.0, (step + 1) / o.warmup) * max(falling, least)


def save(run: Path, name: str, state: Mapping[str, object], model: MarianMTModel, average: list[torch.Tensor]) -> None:
    """Write the state and, as a model that transformers loads, the averaged weights; each whole or not at all."""
    torch.save(dict(state), run / "state.tmp")
    (run / "state.tmp").replace(run / name)
    with Averaged(model, average):
        model.save_pretrained(run / "new")
    for file in (run / "new").iterdir():
        file.replace(run / file.name)
