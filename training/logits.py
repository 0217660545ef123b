"""A bound for attention logits.

Muon's steps are as long for a small gradient as for a large one. Once a softmax of the attention is nearly one-hot its
gradient vanishes, the queries and keys walk on at random, their products grow into the hundreds, and that attention
never changes again. So now and then the largest logit of every head is measured, and the queries and keys of a head
that goes too far are scaled back (QK-clip of MuonClip: Kimi Team 2025, "Kimi K2", section 2.1).
"""

from collections.abc import Callable
from typing import NamedTuple

import torch
from torch import nn


class Heads(NamedTuple):
    """One attention: where its queries and keys are made, and where they can be seen."""

    name: str
    learned: nn.Module
    seen: nn.Module


def attentions(learned: nn.Module, seen: nn.Module) -> list[Heads]:
    """All attentions of a model, `seen` being the same modules or those of a copy that does the work."""
    copies = dict(seen.named_modules())
    return [Heads(name, m, copies[name]) for name, m in learned.named_modules() if hasattr(m, "q_proj")]


@torch.no_grad()
def largest(heads: list[Heads], forward: Callable[[], object]) -> list[torch.Tensor]:
    """The largest absolute logit of every head of every attention while `forward` runs."""
    made: dict[nn.Module, torch.Tensor] = {}
    hooks = [
        m.register_forward_hook(lambda m, _, out: made.__setitem__(m, out.detach()))
        for h in heads
        for m in (h.seen.q_proj, h.seen.k_proj)
    ]
    try:
        forward()
    finally:
        for hook in hooks:
            hook.remove()
    most = []
    for h in heads:
        q, k = (
            made[m].float().unflatten(2, (h.seen.num_heads, -1)).transpose(1, 2) for m in (h.seen.q_proj, h.seen.k_proj)
        )
        most.append((q @ k.mT).abs().amax((0, 2, 3)) * q.shape[3] ** -0.5)
    return most


@torch.no_grad()
def bound(heads: list[Heads], most: list[torch.Tensor], limit: float) -> int:
    """Scale the queries and keys of every head whose largest logit is beyond `limit`; how many heads that were."""
    changed = 0
    for h, found in zip(heads, most, strict=True):
        factor = (limit / found).clamp(max=1.0).sqrt()
        changed += int((factor < 1.0).sum())
        for linear in (h.learned.q_proj, h.learned.k_proj):
            for p in (linear.weight, linear.bias):
                p.view(len(factor), -1).mul_(factor[:, None])
    return changed
