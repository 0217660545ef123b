"""Weights and activations rounded in training as the int8 engine rounds them, so that what is learned lives with it.

CTranslate2 multiplies int8 by int8: each row of a weight matrix and each position of an activation has one scale, and
its largest value becomes 127 (quantization, in CTranslate2's documentation). A layer with a few strong neurons leaves
the others few steps. Here the values are rounded so on their way forward, and the gradient passes as if they were not
(the straight-through estimator: Bengio et al. 2013, arXiv:1308.3432; Jacob et al. 2018, arXiv:1712.05877).
"""

from typing import Any

import torch

LARGEST = 127
LEAST = 1e-8  # a scale that may be divided by


class _Rounded(torch.autograd.Function):
    @staticmethod
    def forward(_: Any, x: torch.Tensor) -> torch.Tensor:
        scale = x.abs().amax(-1, keepdim=True).clamp_min(LEAST) / LARGEST
        return (x / scale).round_().mul_(scale)

    @staticmethod
    def backward(_: Any, gradient: torch.Tensor) -> torch.Tensor:
        return gradient


def rounded(x: torch.Tensor) -> torch.Tensor:
    """`x` with the last dimension's values on 255 even steps, of the type of `x`; its gradient is that of `x`."""
    return _Rounded.apply(x)


class _Linear:
    """A linear layer's forward: its weights and its input rounded. The layer and its parameters stay what they are."""

    def __init__(self, layer: torch.nn.Linear) -> None:
        self.layer = layer

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        half = torch.is_autocast_enabled(x.device.type)
        weight = self.layer.weight
        if half:  # twice as fast, and what is multiplied is of this type anyway
            x, weight = x.to(torch.bfloat16), weight.to(torch.bfloat16)
        return torch.nn.functional.linear(rounded(x), rounded(weight), self.layer.bias)


def round_layers(model: torch.nn.Module) -> None:
    """Let all linear layers of `model` compute as in int8."""
    for layer in model.modules():
        if isinstance(layer, torch.nn.Linear):
            layer.forward = _Linear(layer)
