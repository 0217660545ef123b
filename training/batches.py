"""Packed data, and batches of similar lengths from it. numpy only."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np

MARKS = TERM, AS, END = 2, 3, 4  # <term> <as> </term>


class Packed(NamedTuple):
    """Piece ids end to end, where each sentence begins, and their lengths."""

    s: np.ndarray
    so: np.ndarray
    t: np.ndarray
    to: np.ndarray
    ls: np.ndarray
    lt: np.ndarray


def load(paths: list[Path]) -> Packed:
    """Read one or more data files of `encode.py` as one."""
    parts = [np.load(p) for p in paths]

    def side(ids: str, offsets: str) -> tuple[np.ndarray, np.ndarray]:
        lengths = np.concatenate([np.diff(z[offsets]) for z in parts])
        return np.concatenate([z[ids] for z in parts]), np.concatenate([[0], lengths.cumsum()])

    (s, so), (t, to) = side("s", "so"), side("t", "to")
    return Packed(s, so, t, to, np.diff(so), np.diff(to))


def save(path: Path, **arrays: np.ndarray) -> None:
    """Write a data file, whole or not at all."""
    part = path.with_name(f"part-{path.stem}.npz")
    np.savez(part, **arrays)
    part.replace(path)


def save_changed(path: Path, data: Mapping[str, np.ndarray], new: dict[int, tuple[np.ndarray, np.ndarray]]) -> None:
    """Write the arrays of a data file with some of its sentences, by index, in the place of those it had."""
    sides = {}
    for side, (ids, offsets) in enumerate((("s", "so"), ("t", "to"))):
        had, at = data[ids], data[offsets]
        rows = [new[i][side] if i in new else had[at[i] : at[i + 1]] for i in range(len(at) - 1)]
        sides |= {ids: np.concatenate(rows), offsets: np.cumsum([0, *map(len, rows)])}
    save(path, **sides, name=data["name"], names=data["names"])


def plain(ids: np.ndarray) -> np.ndarray:
    """Which pieces of sources are no annotation: neither a mark nor between <as> and </term>."""
    closed = np.concatenate([[0], ids[:-1] == END])
    inside = np.cumsum((ids == AS).astype(np.int64) - closed) > 0
    return ~inside & ~np.isin(ids, MARKS)


def frequencies(data: Packed, pieces: int) -> np.ndarray:
    """How often each of so many pieces stands in the targets (the first twenty million of their pieces)."""
    return np.bincount(data.t[:20_000_000], minlength=pieces)


def sentences(data: Packed, chosen: np.ndarray) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Sources and targets of these pairs."""
    return [data.s[data.so[k] : data.so[k + 1]] for k in chosen], [data.t[data.to[k] : data.to[k + 1]] for k in chosen]


def groups(
    ls: np.ndarray, lt: np.ndarray, order: np.ndarray, tokens: int, rng: np.random.Generator | None
) -> Iterator[np.ndarray]:
    """Cut `order` into batches of at most `tokens` padded pieces a side.

    Pairs are sorted by length within pools that are large enough to give batches of like lengths and small enough to
    keep the stream mixed; with `rng` the batches of a pool come in random order.
    """
    pool = max(20_000, 10 * tokens)
    for c in range(0, len(order), pool):
        part = order[c : c + pool]
        part = part[np.lexsort((ls[part], lt[part] // 3, np.maximum(ls[part], lt[part]) // 6))]
        out: list[np.ndarray] = []
        first = longest = 0
        for k, i in enumerate(part):
            n = max(ls[i], lt[i])
            if k > first and max(longest, n) * (k - first + 1) > tokens:
                out.append(part[first:k])
                first, longest = k, 0
            longest = max(longest, n)
        out.append(part[first:])
        for k in rng.permutation(len(out)) if rng is not None else range(len(out)):
            yield out[k]


def padded(  # noqa: PLR0917
    ids: np.ndarray, offsets: np.ndarray, lengths: np.ndarray, batch: np.ndarray, pad: int, multiple: int = 1
) -> np.ndarray:
    """The sentences of a batch as a matrix filled up with `pad`; its width is a multiple of `multiple`."""
    n = lengths[batch]
    width = -(-int(n.max()) // multiple) * multiple
    out = np.full((len(batch), width), pad, np.int64)
    out[np.arange(width) < n[:, None]] = ids[np.concatenate([np.arange(offsets[i], offsets[i + 1]) for i in batch])]
    return out


def filled(rows: list[np.ndarray], pad: int, multiple: int = 1) -> np.ndarray:
    """The rows as a matrix filled up with `pad`; its width is a multiple of `multiple`."""
    lengths = np.array([len(row) for row in rows])
    offsets = np.concatenate([[0], lengths.cumsum()])
    return padded(np.concatenate(rows), offsets, lengths, np.arange(len(rows)), pad, multiple)
