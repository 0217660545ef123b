"""Muon (Jordan et al. 2024) for the weight matrices of the layers: momentum, made orthogonal.

Matrices of one shape are orthogonalised in one batched product. The step is scaled as in Moonlight, so that it can
share AdamW's learning rate.
"""

from collections import defaultdict

import torch

COEFFICIENTS = (3.4445, -4.7750, 2.0315)


def orthogonal(g: torch.Tensor, rounds: int = 5) -> torch.Tensor:
    """Newton-Schulz: a batch of matrices (at most as tall as wide) with all singular values brought near 1."""
    x = g / (g.norm(dim=(1, 2), keepdim=True) + 1e-7)
    a, b, c = COEFFICIENTS
    for _ in range(rounds):
        square = x @ x.mT
        x = torch.baddbmm(x, torch.baddbmm(square, square, square, beta=b, alpha=c), x, beta=a)
    return x


class Muon(torch.optim.Optimizer):
    """Nesterov momentum, orthogonalised, for two-dimensional parameters."""

    def __init__(
        self,
        params,
        *,
        lr: float = 1e-3,
        momentum: float = 0.95,
        weight_decay: float = 0.01,
        rounds: int = 5,
        dtype: torch.dtype = torch.float32,
    ) -> None:
        """Take the matrices, one set of options, and the type in which the Newton-Schulz products are taken."""
        super().__init__(params, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay, "rounds": rounds})
        self.dtype = dtype

    @torch.no_grad()
    def step(self, closure: None = None) -> None:  # noqa: ARG002
        """One update of every matrix."""
        for group in self.param_groups:
            by_shape = defaultdict(list)
            for p in group["params"]:
                if p.grad is not None:
                    by_shape[min(p.shape), max(p.shape)].append(p)
            for shape, params in by_shape.items():
                moved = []
                for p in params:
                    state = self.state[p]
                    if not state:
                        state["m"] = torch.zeros_like(p)
                    state["m"].mul_(group["momentum"]).add_(p.grad)
                    g = p.grad.add(state["m"], alpha=group["momentum"])
                    moved.append(g if p.shape[0] <= p.shape[1] else g.T)
                update = orthogonal(torch.stack(moved).to(self.dtype), group["rounds"]).float()
                scale = 0.2 * shape[1] ** 0.5
                for p, u in zip(params, update, strict=True):
                    p.mul_(1 - group["lr"] * group["weight_decay"])
                    p.add_(u if p.shape[0] <= p.shape[1] else u.T, alpha=-group["lr"] * scale)
