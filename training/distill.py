"""Targets that the model itself would write, for part of the packed pairs: sequence-level interpolation.

    python training/distill.py DATA.npz FOLDER OUT.npz [--pairs 200000] [--sources news_commentary_10k ...]

FOLDER (an exported model, the teacher or the student itself) translates the sources, terms and all, with a beam; of the
best `--beam` translations the one nearest to the reference is the new target (Kim and Rush 2016, "Sequence-level
knowledge distillation", section 4.3). Pairs of which even that one is far from the reference are left out: either the
pair is no translation or the model cannot learn from it (a filter by a first model's own score).
"""

import argparse
import multiprocessing
import time
from pathlib import Path

import batches
import numpy as np
from hypotheses import alike, said
from sift import subset
from translate import Translator

PART = 2048  # pairs that are translated in one call


class Teacher:
    """An exported folder that translates packed sources."""

    def __init__(self, folder: Path, beam: int, penalty: float, threads: int) -> None:
        """Open the folder."""
        opened = Translator(folder, threads=threads)
        self.sp, self.engine, self.most = opened.sp, opened.engine, opened.most_target
        self.beam, self.penalty = beam, penalty

    def nearest(self, sources: list[np.ndarray], targets: list[np.ndarray]) -> list[tuple[float, list[int]]]:
        """Of each pair (piece ids with </s>) the likeness and the pieces of the translation nearest to the target."""
        search = {"beam_size": self.beam, "num_hypotheses": self.beam, "length_penalty": self.penalty}
        found = said(self.engine, self.sp, sources, max_decoding_length=self.most, **search)
        out = []
        for hypotheses, target in zip(found, targets, strict=True):
            scores = alike(map(self.sp.decode, hypotheses), self.sp.decode(target[:-1].tolist()))
            best, k = max(((score, k) for k, score in enumerate(scores) if hypotheses[k]), default=(0.0, 0))
            out.append((best, self.sp.piece_to_id(hypotheses[k])))
        return out


def main() -> None:
    """Command line."""
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("data", type=Path)
    a.add_argument("folder", type=Path)
    a.add_argument("out", type=Path)
    a.add_argument("--pairs", type=int, default=200_000)
    a.add_argument("--sources", nargs="*", default=[], help="of the corpus [all]")
    a.add_argument("--beam", type=int, default=4)
    a.add_argument("--penalty", type=float, default=2.0, help="length penalty")
    a.add_argument("--least", type=float, default=0.25, help="likeness below which a pair is left out")
    a.add_argument("--minutes", type=float, default=float("inf"), help="stop here with what is done")
    a.add_argument("--seed", type=int, default=3)
    o = a.parse_args()
    z = np.load(o.data)
    data = batches.load([o.data])
    wanted = [i for i, n in enumerate(z["names"]) if not o.sources or n in o.sources]
    possible = np.flatnonzero(np.isin(z["name"], wanted) & (data.ls > 1) & (data.lt > 1))
    chosen = np.random.default_rng(o.seed).permutation(possible)[: o.pairs]
    teacher = Teacher(o.folder, o.beam, o.penalty, multiprocessing.cpu_count())
    kept: list[int] = []
    targets: list[np.ndarray] = []
    near: list[float] = []
    begun = time.time()
    for first in range(0, len(chosen), PART):
        part = chosen[first : first + PART]
        found = teacher.nearest(*batches.sentences(data, part))
        near += [score for score, _ in found]
        for k, (score, ids) in zip(part, found, strict=True):
            if score >= o.least and ids:
                kept.append(int(k))
                targets.append(np.array([*ids, 0], np.uint16))
        spent = time.time() - begun
        if first % (10 * PART) == 0:
            print(
                f"{first + len(part)} of {len(chosen)} pairs, {spent:.0f} s, likeness {np.mean(near):.3f}", flush=True
            )
        if spent > 60 * o.minutes:
            break
    order = np.argsort(kept)
    new_s, new_so = subset(data.s, data.so, np.array(kept))
    rows = [targets[k] for k in order]
    offsets = np.cumsum([0, *map(len, rows)])
    name = z["name"][np.array(kept)[order]]
    batches.save(o.out, s=new_s, so=new_so, t=np.concatenate(rows), to=offsets, name=name, names=z["names"])
    print(
        f"{len(kept)} of {len(near)} pairs kept, likeness {np.mean(near):.3f}, {offsets[-1] / 1e6:.1f} M target pieces"
    )


if __name__ == "__main__":
    main()
