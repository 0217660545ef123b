"""Sources with some of their pieces in two: a regulariser for data that are seen many times.

A model that has seen a sentence twenty times knows it by its pieces. Where each time other pieces of it stand in two
halves, it has to read (subword regularization, Kudo 2018, arXiv:1804.10959, which draws whole segmentations; here a
piece falls apart or not, so packed pairs need not be written as text again).
"""

from pathlib import Path

import numpy as np
import sentencepiece
from batches import MARKS, plain

MOST = 3  # ways to halve a piece
WITHIN = 4.0  # natural log by which a way may be less probable than the best


class Splits:
    """The ways to write each piece of a vocabulary as two others."""

    def __init__(self, spm: Path) -> None:
        """Find them."""
        sp = sentencepiece.SentencePieceProcessor(model_file=str(spm))
        ids = {sp.id_to_piece(i): i for i in range(sp.get_piece_size()) if _is_text(sp, i)}
        self.ways = np.zeros(sp.get_piece_size(), np.int64)
        self.halves = np.zeros((sp.get_piece_size(), MOST, 2), np.int64)
        for piece, i in ids.items():
            cuts = [(piece[:k], piece[k:]) for k in range(1, len(piece))]
            known = [(ids[a], ids[b]) for a, b in cuts if a in ids and b in ids]
            scored = sorted(((sp.get_score(a) + sp.get_score(b), a, b) for a, b in known), reverse=True)[:MOST]
            near = [(a, b) for score, a, b in scored if score >= scored[0][0] - WITHIN]
            self.ways[i] = len(near)
            if near:
                self.halves[i, : len(near)] = near

    def __call__(self, ids: np.ndarray, share: float, rng: np.random.Generator) -> np.ndarray:
        """The ids of one source with about this share of the pieces that can be halved in two.

        Annotations stay as they are: what is to be copied is written as targets have it.
        """
        fall = (rng.random(len(ids)) < share) & (self.ways[ids] > 0) & plain(ids)
        if not fall.any():
            return ids
        out = np.repeat(ids, 1 + fall)
        first = np.cumsum(1 + fall)[fall] - 2
        halves = self.halves[ids[fall], rng.integers(0, self.ways[ids[fall]])]
        out[first], out[first + 1] = halves[:, 0], halves[:, 1]
        return out


def _is_text(sp: sentencepiece.SentencePieceProcessor, i: int) -> bool:
    return not (sp.is_control(i) or sp.is_unknown(i) or sp.is_byte(i) or sp.is_unused(i) or i in MARKS)
