"""The output layer and its loss without a graph: label-smoothed cross entropy over some rows of the embedding."""

import torch


class TiedHead(torch.autograd.Function):
    """Mean label-smoothed cross entropy of `h @ W[rows].T + bias[rows]` against `y`, which are indices into `rows`.

    Some positions at a time; both gradients are computed on the way forward, so that no matrix of
    positions times pieces is ever kept.
    """

    @staticmethod
    def forward(ctx, h, W, bias, y, rows, smoothing, dtype):  # noqa: D102, N803, PLR0917
        n, size = h.shape[0], len(rows)
        weights, hidden = W[rows].to(dtype), h.to(dtype)
        d_hidden, d_weights = torch.empty_like(hidden), torch.zeros(size, W.shape[1], device=W.device)
        loss = torch.zeros((), device=W.device)
        chunk = 2400 if h.device.type == "cpu" else 8192
        for i in range(0, n, chunk):
            hc, yc = hidden[i : i + chunk], y[i : i + chunk]
            logp = torch.log_softmax((hc @ weights.T).float().add_(bias[rows]), 1)
            loss -= (1 - smoothing) * logp.gather(1, yc[:, None]).sum() + smoothing * logp.mean(1).sum()
            p = logp.exp_().sub_(smoothing / size)
            p.scatter_add_(1, yc[:, None], torch.full((len(yc), 1), smoothing - 1, device=p.device))
            p = p.div_(n).to(dtype)
            d_hidden[i : i + chunk] = p @ weights
            d_weights += (p.T @ hc).float()
        whole = torch.zeros_like(W)
        whole[rows] = d_weights
        ctx.save_for_backward(d_hidden, whole)
        return loss / n

    @staticmethod
    def backward(ctx, g):  # noqa: D102
        d_hidden, whole = ctx.saved_tensors
        return d_hidden.float() * g, whole * g, None, None, None, None, None


class Rows:
    """Which pieces the softmax runs over: all, or a batch's targets with the frequent pieces and some at random."""

    def __init__(self, pieces: int, frequent: torch.Tensor, sampled: int) -> None:
        """Remember the pieces to choose from."""
        self.pieces, self.frequent, self.sampled = pieces, frequent, sampled

    def choose(self, y: torch.Tensor, whole: bool) -> tuple[torch.Tensor, torch.Tensor]:
        """The rows, and `y` as indices into them."""
        if whole or not self.sampled:
            return torch.arange(self.pieces, device=y.device), y
        random = torch.randint(0, self.pieces, (self.sampled,), device=y.device)
        rows = torch.unique(torch.cat([y, self.frequent, random]))
        index = torch.zeros(self.pieces, dtype=torch.long, device=y.device)
        index[rows] = torch.arange(len(rows), device=y.device)
        return rows, index[y]
