"""The output layer and its loss without a graph: label-smoothed cross entropy over some rows of the embedding."""

from typing import NamedTuple

import torch


class Chosen(NamedTuple):
    """Rows of the embedding that a softmax runs over, and for how many rows of all each of them stands."""

    rows: torch.Tensor
    weight: torch.Tensor


def at_once(h: torch.Tensor) -> int:
    """Of how many positions the logits are computed at a time: on a CPU they stay in the cache."""
    return 600 if h.device.type == "cpu" else 8192


class TiedHead(torch.autograd.Function):
    """Mean label-smoothed cross entropy of `h @ W[rows].T + bias[rows]` against `y`, which are indices into `rows`.

    With `worth` each position's cross entropy is multiplied by its worth before the mean is taken.

    Where rows were drawn, those drawn stand for those that were not (their weights; Jean et al. 2015, "On using very
    large target vocabulary"), in the softmax and in the smoothing alike. Without it seldom drawn pieces become too
    likely. Some positions at a time; both gradients are computed on the way forward, so that no matrix of positions
    times pieces is ever kept.
    """

    @staticmethod
    def forward(ctx, h, W, bias, y, chosen, smoothing, dtype, worth=None):  # noqa: D102, N803, PLR0917
        n, rows = h.shape[0], chosen.rows
        weights, hidden = W[rows].to(dtype), h.to(dtype)
        smooth, drawn = smoothing * chosen.weight / chosen.weight.sum(), chosen.weight.log()
        bias = bias[rows] + drawn
        d_hidden, d_weights = torch.empty_like(hidden), torch.zeros(len(rows), W.shape[1], device=W.device)
        worth = torch.ones(n, device=h.device) if worth is None else worth
        loss = worth.sum() * (smooth @ drawn)
        chunk = at_once(h)
        for i in range(0, n, chunk):
            hc, yc, wc = hidden[i : i + chunk], y[i : i + chunk], worth[i : i + chunk, None]
            p = (hc @ weights.T).float().add_(bias)
            p -= p.amax(1, keepdim=True)
            loss -= (wc * ((1 - smoothing) * p.gather(1, yc[:, None]) + (p @ smooth)[:, None])).sum()
            total = p.exp_().sum(1, keepdim=True)  # torch's log_softmax takes several times as long on a CPU
            loss += (wc * total.log()).sum()
            p = p.div_(total).sub_(smooth)
            p.scatter_add_(1, yc[:, None], torch.full((len(yc), 1), smoothing - 1, device=p.device))
            p = p.mul_(wc / n).to(dtype)
            d_hidden[i : i + chunk] = p @ weights
            d_weights += (p.T @ hc).float()
        whole = torch.zeros_like(W)
        whole[rows] = d_weights
        ctx.save_for_backward(d_hidden, whole)
        return loss / n

    @staticmethod
    def backward(ctx, g):  # noqa: D102
        d_hidden, whole = ctx.saved_tensors
        return d_hidden.float() * g, whole * g, None, None, None, None, None, None


@torch.no_grad()
def log_probabilities(
    h: torch.Tensor, embedding: torch.Tensor, bias: torch.Tensor, y: torch.Tensor, chosen: Chosen
) -> torch.Tensor:
    """Of each `y` after its state in `h`, by the softmax of `TiedHead`."""
    weights, biases, found = embedding[chosen.rows].T.contiguous(), bias[chosen.rows] + chosen.weight.log(), []
    for i in range(0, len(h), chunk := at_once(h)):
        logits = (h[i : i + chunk] @ weights).add_(biases)
        found.append(logits.gather(1, y[i : i + chunk, None])[:, 0] - logits.logsumexp(1))
    return torch.cat(found)


class Rows:
    """Which pieces the softmax runs over: all, or a batch's targets with the frequent pieces and some at random."""

    def __init__(self, pieces: int, frequent: torch.Tensor, sampled: int) -> None:
        """Remember the pieces to choose from."""
        self.pieces, self.frequent, self.sampled = pieces, frequent, sampled

    def choose(self, y: torch.Tensor, whole: bool) -> tuple[Chosen, torch.Tensor]:
        """The rows, and `y` as indices into them."""
        if whole or not self.sampled:
            every = torch.arange(self.pieces, device=y.device)
            return Chosen(every, torch.ones(self.pieces, device=y.device)), y
        mark = torch.zeros(self.pieces, device=y.device)
        mark[torch.randint(0, self.pieces, (self.sampled,), device=y.device)] = 1.0
        certain = torch.zeros(self.pieces, dtype=torch.bool, device=y.device)
        certain[y] = certain[self.frequent] = True
        mark[certain] = 0.0
        mark *= (self.pieces - certain.sum()) / mark.sum().clamp(min=1.0)
        mark[certain] = 1.0
        rows = mark.nonzero().squeeze(1)
        index = torch.zeros(self.pieces, dtype=torch.long, device=y.device)
        index[rows] = torch.arange(len(rows), device=y.device)
        return Chosen(rows, mark[rows]), index[y]
