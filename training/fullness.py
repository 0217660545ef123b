"""How full the translations of packed pairs are: target pieces for a source piece.

A model says as much as what it learned from. Talks and laws are translated briefly (0.75 target pieces for a source
piece and less, against 0.83 to 0.92 in the references of news and policy texts), and a model taught by them leaves
things out: on news its translations were an eighth too short, which costs BLEU as much and a reader more.
"""

import numpy as np
from batches import plain

JUDGED = 10  # source pieces from which a ratio says something


def plain_lengths(ids: np.ndarray, offsets: np.ndarray) -> np.ndarray:
    """Pieces of each packed sentence without its </s> and its annotations (marks, and what follows <as>)."""
    return np.add.reduceat(plain(ids).astype(np.int64), offsets[:-1]) - 1


def full(source: np.ndarray, target: np.ndarray, least: np.ndarray | float, most: float) -> np.ndarray:
    """Which pairs of these lengths are neither brief nor wordy; short sources are not judged."""
    ratio = target / np.maximum(source, 1)
    return (source < JUDGED) | ((ratio >= least) & (ratio <= most))
