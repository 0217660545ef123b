"""Keep the pairs whose two sides explain each other best; a poor man's filter, by the table of `align.py`.

    python training/sift.py DATA.npz TABLE.npz OUT.npz [--keep 0.7] [--keep-of lctt_translateproject=0.5 ...]
        [--least 0.7] [--least-of news_commentary_10k=0.66 ...] [--most 1.3]

A pair's score is the smaller of two shares: target pieces that some source piece explains, and source pieces that some
target piece does. The best part of each source is kept, so that no source is judged by another's style. `--least` and
`--most` then leave out what says too little or too much (`fullness.py`), in target pieces for a source piece.
"""

import argparse
from pathlib import Path

import numpy as np
import torch
from align import Table, batches
from batches import save
from fullness import full, plain_lengths

EXPLAINED = 0.004  # p(t | s) p(s | t) from which a link counts


def scores(data: tuple[np.ndarray, ...], table: Path) -> np.ndarray:
    """Score of every pair, 0 to 1."""
    known = Table(table)
    s, so, t, to = data
    everything, done = np.arange(len(so) - 1), 0
    out = np.zeros(len(everything), np.float32)
    order = everything[np.lexsort((np.diff(to), np.diff(so)))]
    for x, y, lx, ly in batches(s, so, t, to, everything):
        hit = known.links(x, y) > EXPLAINED
        real_x, real_y = torch.arange(x.shape[1]) < (lx - 1)[:, None], torch.arange(y.shape[1]) < (ly - 1)[:, None]
        hit &= real_x[:, None, :] & real_y[:, :, None]
        forward = hit.any(2).sum(1) / (ly - 1).clamp(min=1)
        backward = hit.any(1).sum(1) / (lx - 1).clamp(min=1)
        out[order[done : done + len(x)]] = torch.minimum(forward, backward).numpy()
        done += len(x)
    return out


def choose(score: np.ndarray, name: np.ndarray, keep: dict[int, float], default: float) -> np.ndarray:
    """Indices of the best share of each source, in the data's order."""
    kept = np.zeros(len(score), bool)
    for n in np.unique(name):
        of = np.flatnonzero(name == n)
        kept[of] = score[of] >= np.quantile(score[of], 1 - keep.get(int(n), default))
    return np.flatnonzero(kept)


def subset(ids: np.ndarray, offsets: np.ndarray, chosen: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The chosen sentences, packed anew."""
    lengths = np.diff(offsets)
    mask = np.zeros(len(lengths), bool)
    mask[chosen] = True
    return ids[np.repeat(mask, lengths)], np.concatenate([[0], lengths[mask].cumsum()])


def by_source(given: list[str], names: list[str]) -> dict[int, float]:
    """`SOURCE=NUMBER` options by the index of the source; sources that the data lack are passed over."""
    return {names.index(n): float(v) for n, v in (x.split("=") for x in given) if n in names}


def main() -> None:
    """Command line."""
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("data", type=Path)
    a.add_argument("table", type=Path)
    a.add_argument("out", type=Path)
    a.add_argument("--keep", type=float, default=0.7)
    a.add_argument("--keep-of", action="append", default=[], metavar="SOURCE=SHARE")
    a.add_argument("--least", type=float, default=0.0)
    a.add_argument("--least-of", action="append", default=[], metavar="SOURCE=RATIO")
    a.add_argument("--most", type=float, default=float("inf"))
    o = a.parse_args()
    z = np.load(o.data)
    names = list(z["names"])
    score = scores((z["s"], z["so"], z["t"], z["to"]), o.table)
    chosen = choose(score, z["name"], by_source(o.keep_of, names), o.keep)
    least = np.full(len(names), o.least)
    for i, ratio in by_source(o.least_of, names).items():
        least[i] = ratio
    source, target = plain_lengths(z["s"], z["so"])[chosen], np.diff(z["to"])[chosen] - 1
    chosen = chosen[full(source, target, least[z["name"][chosen]], o.most)]
    (s, so), (t, to) = subset(z["s"], z["so"], chosen), subset(z["t"], z["to"], chosen)
    save(o.out, s=s, so=so, t=t, to=to, name=z["name"][chosen], names=z["names"])
    for i, n in enumerate(names):
        of = z["name"] == i
        kept = int((z["name"][chosen] == i).sum())
        print(f"{n:28} {of.sum():8d} pairs, median score {np.median(score[of]):.2f}, kept {kept}")
    print(f"{len(chosen)} of {len(score)} pairs, {len(t) / 1e6:.1f} M target pieces")


if __name__ == "__main__":
    main()
