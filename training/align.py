"""A table of which pieces translate which, by expectation maximisation over the packed pairs.

    python training/align.py DATA.npz TABLE.npz [--pairs 400000] [--rounds 5]

A word alignment model in the manner of IBM Model 1 with a preference for the diagonal (Dyer et al. 2013). From the
second round on the two directions agree: a link's weight is p(target | source) p(source | target), which keeps rare
words from attracting everything. The </s> of the source stands for "nothing".

TABLE.npz holds the expected counts as a sparse matrix (`source`, `target`, `count`); it is the base of the guided
attention and of the cross-lingual embeddings (`embed.py`) and of the vocabulary map (`vmap.py`).
"""

import argparse
import time
from pathlib import Path

import numpy as np
import torch
from batches import MARKS, padded, save

SHARP = 4.0  # preference for the diagonal, as in fast_align
COPY = 0.5  # weight, at least, of a piece with itself: names, numbers and what follows <as>
NULL = 0.08  # how far from the diagonal "nothing" counts as


def diagonal(source: torch.Tensor, target: torch.Tensor, width: int, height: int) -> torch.Tensor:
    """Log prior of linking target position j to source position i, shape (pairs, height, width).

    The last piece of a source, its </s>, has a place of its own: it is as good as a link at the distance `NULL`.
    """
    i = (torch.arange(width) + 0.5) / (source[:, None] - 1).clamp(min=1)
    j = (torch.arange(height) + 0.5) / target[:, None]
    distance = (j[:, :, None] - i[:, None, :]).abs()
    last = (torch.arange(width) == source[:, None] - 1)[:, None, :].expand_as(distance)
    return -SHARP * torch.where(last, torch.full_like(distance, NULL + 0.4), distance)


def batches(s: np.ndarray, so: np.ndarray, t: np.ndarray, to: np.ndarray, chosen: np.ndarray, cells: int = 2_000_000):  # noqa: PLR0917
    """Padded (source, target, lengths, lengths) of pairs of similar lengths."""
    ls, lt = np.diff(so), np.diff(to)
    chosen = chosen[np.lexsort((lt[chosen], ls[chosen]))]
    first = 0
    while first < len(chosen):
        n, w, h = 0, 0, 0
        while first + n < len(chosen):
            k = chosen[first + n]
            w, h = max(w, ls[k]), max(h, lt[k])
            if n and w * h * (n + 1) > cells:
                break
            n += 1
        b = chosen[first : first + n]
        first += n
        x, y = padded(s, so, ls, b, pad=0), padded(t, to, lt, b, pad=0)
        yield tuple(map(torch.from_numpy, (x, y, ls[b], lt[b])))


def expect(score: torch.Tensor | None, data, chosen: np.ndarray, size: int) -> torch.Tensor:
    """One round: the expected counts (size * size, flat) under link weights `score` (uniform at first)."""
    fresh = torch.zeros(size * size)
    for x, y, lx, ly in batches(*data, chosen):
        w, h = x.shape[1], y.shape[1]
        weight = diagonal(lx, ly, w, h).exp_()
        cell = y[:, :, None] + size * x[:, None, :]
        if score is not None:
            weight *= score[cell]
        weight *= (torch.arange(w) < lx[:, None])[:, None, :] & (torch.arange(h) < (ly - 1)[:, None])[:, :, None]
        weight /= weight.sum(2, keepdim=True).clamp(min=1e-12)
        fresh.index_add_(0, cell.flatten(), weight.flatten())
    return fresh


def agree(counts: torch.Tensor, size: int) -> torch.Tensor:
    """p(target | source) p(source | target) of every cell, smoothed a little so that rare pieces stay modest."""
    grid = counts.view(size, size)
    rows, columns = grid.sum(1) + 1.0, grid.sum(0) + 1.0
    return (grid / rows[:, None]).mul_(grid / columns[None, :]).add_(1e-9).flatten()


class Table:
    """How strongly pieces are linked, of a file that `main` wrote."""

    def __init__(self, path: Path) -> None:
        """Read the counts into one matrix of square roots, for which sixteen bits are enough."""
        z = np.load(path)
        ids, places = np.unique(np.concatenate([z["source"], z["target"]]), return_inverse=True)
        n = len(z["source"])
        self.size = len(ids) + 1  # the last place is that of unknown pieces
        counts = torch.zeros(self.size**2)
        counts[torch.from_numpy(places[:n].astype(np.int64) * self.size + places[n:])] = torch.from_numpy(z["count"])
        self.root = agree(counts, self.size).sqrt_().half()
        self.place = torch.full((1 << 16,), len(ids))
        self.place[torch.from_numpy(ids.astype(np.int64))] = torch.arange(len(ids))

    def links(self, x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        """p(target | source) p(source | target) of sources (n, width) and targets (n, height): (n, height, width)."""
        weight = self.root[self.place[y][:, :, None] + self.size * self.place[x][:, None, :]].float().square_()
        return torch.where(y[:, :, None] == x[:, None, :], weight.clamp(min=COPY), weight)


def main() -> None:
    """Command line."""
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("data")
    a.add_argument("out", type=Path)
    a.add_argument("--pairs", type=int, default=400_000)
    a.add_argument("--rounds", type=int, default=5)
    a.add_argument("--keep", type=float, default=0.05, help="smallest expected count that is kept")
    o = a.parse_args()
    z = np.load(o.data)
    s, so, t, to = z["s"], z["so"], z["t"], z["to"]
    marked = np.add.reduceat(np.isin(s, MARKS), so[:-1]) > 0
    plain = np.flatnonzero(~marked & (np.diff(so) > 1) & (np.diff(to) > 1))
    rng = np.random.default_rng(1)
    chosen = rng.permutation(plain)[: o.pairs]
    ids, places = np.unique(np.concatenate([s, t]), return_inverse=True)  # the table is as large as it must be
    size, data = len(ids), (places[: len(s)], so, places[len(s) :], to)
    score, begun = None, time.time()
    for k in range(o.rounds):
        counts = expect(score, data, chosen if k else chosen[: len(chosen) // 2], size)
        score = agree(counts, size)
        print(f"round {k + 1}: {time.time() - begun:.0f} s, {int((counts > o.keep).sum())} cells", flush=True)
    kept = (counts > o.keep).nonzero().squeeze(1).numpy()
    save(
        o.out,
        source=ids[kept // size],
        target=ids[kept % size],
        count=counts[kept].numpy(),
        size=int(ids.max()) + 1,
    )


if __name__ == "__main__":
    main()
