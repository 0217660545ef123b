"""Cross-lingual embeddings to start from: pieces that translate each other begin with similar vectors.

    python training/embed.py TABLE.npz OUT.npy [--d 256]

Two halves are added. One keeps what is general: the expected counts of `align.py`, as positive pointwise mutual
information, factored by a randomised singular value decomposition. It has too few dimensions for every word (24,000
pieces are thousands of small clusters), so the other half gives each cluster a direction of its own: random vectors,
passed to and fro along the translation probabilities until a piece has the mean of its translations' vectors.
"""

import argparse
from pathlib import Path

import numpy as np
import torch


def associations(table: Path) -> torch.Tensor:
    """Positive pointwise mutual information (context counts smoothed by the power 0.75) as a sparse matrix."""
    z = np.load(table)
    size, keep = int(z["size"]), z["count"] > 0.3
    source, target, count = z["source"][keep].astype(np.int64), z["target"][keep].astype(np.int64), z["count"][keep]
    rows = np.bincount(source, count, size)
    columns = np.bincount(target, count, size) ** 0.75
    columns *= count.sum() / columns.sum()
    value = np.log(count * count.sum() / (rows[source] * columns[target]))
    good = value > 0
    cells = torch.from_numpy(np.stack([source[good], target[good]]))
    return torch.sparse_coo_tensor(cells, torch.from_numpy(value[good].astype(np.float32)), (size, size)).coalesce()


def factor(matrix: torch.Tensor, d: int, rounds: int = 4) -> tuple[torch.Tensor, torch.Tensor]:
    """The two sides' vectors: the first `d` singular vectors, each scaled by its value's square root."""
    torch.manual_seed(0)
    transposed = matrix.t().coalesce()
    q = torch.linalg.qr(torch.sparse.mm(matrix, torch.randn(matrix.shape[1], d + 32)))[0]
    for _ in range(rounds):
        q = torch.linalg.qr(torch.sparse.mm(matrix, torch.linalg.qr(torch.sparse.mm(transposed, q))[0]))[0]
    u, s, v = torch.linalg.svd(torch.sparse.mm(transposed, q).T, full_matrices=False)
    root = s[:d].sqrt()
    return (q @ u[:, :d]) * root, v[:d].T * root


def unit(vectors: torch.Tensor) -> torch.Tensor:
    """Rows of length 1; rows that are zero stay so."""
    return vectors / vectors.norm(dim=1, keepdim=True).clamp(min=1e-6)


def clusters(table: Path, d: int, rounds: int = 2) -> torch.Tensor:
    """Random vectors smoothed along the translation probabilities; pieces of both languages share one space."""
    z = np.load(table)
    size = int(z["size"])
    i, j = (torch.from_numpy(z[k].astype(np.int64)) for k in ("source", "target"))
    count = torch.from_numpy(z["count"])
    counts = torch.sparse_coo_tensor(
        torch.stack([torch.cat([i, j]), torch.cat([j, i])]), torch.cat([count, count]), (size, size)
    ).coalesce()
    a, b = counts.indices()
    total = torch.zeros(size).index_add_(0, a, counts.values())
    agreeing = counts.values() ** 2 / (total[a] * total[b])  # sharper than a conditional probability alone
    links = torch.sparse_coo_tensor(counts.indices(), agreeing, (size, size)).coalesce()
    vectors = unit(torch.randn(size, d))
    for _ in range(rounds):
        vectors = unit(unit(torch.sparse.mm(links, vectors)) + 0.7 * vectors)
    return vectors * (total > 0)[:, None]


def main() -> None:
    """Command line."""
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("table", type=Path)
    a.add_argument("out", type=Path)
    a.add_argument("--d", type=int, default=256)
    o = a.parse_args()
    left, right = factor(associations(o.table), o.d)
    # a random rotation: singular vectors come in order of size, and the heads should have equal shares of them
    general = unit((left + right) @ torch.linalg.qr(torch.randn(o.d, o.d))[0])
    both = unit(0.7 * general + clusters(o.table, o.d))
    known = both.norm(dim=1) > 0.5
    np.save(o.out, both.numpy())
    print(f"{int(known.sum())} of {len(both)} pieces have a vector")


if __name__ == "__main__":
    main()
