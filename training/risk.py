"""Train on what the model itself says: the expected likeness to the reference in place of the reference's likelihood.

    python training/risk.py RUN DATA.npz FOLDER --begin HF --minutes 60 --decay 40 [--table TABLE.npz] [--dev PAIRS.tsv]

In rounds: the model samples translations of some sources (with the tokenizer and the vocabulary map of FOLDER, an
exported folder); each is as good as it is like the reference (`likeness.py`), less its faults (`faults.py`); the
model then learns to say the better ones of a source rather than the worse ones. This is minimum risk training (Shen
et al. 2016, arXiv:1512.02433) with the likelihood of the reference beside it (Edunov et al. 2018, arXiv:1711.04956).
It teaches what the likelihood does not: how long a translation is to be, and what to do after a piece of one's own
that is not the reference's. It is the last step, for a model that translates already. Rounds are to be small and the
rate low: where the model has gone while it learns from old samples, they no longer tell anything, and lengths swing
from round to round.

RUN/state.pt is written after each round (a minute); the same command again goes on from it. RUN/model.safetensors
holds the running average of the weights.
"""

import argparse
import time
from pathlib import Path

import batches
import numpy as np
import torch
from learner import Learner
from model import write_tokenizer
from samples import Sampled, Sampler, grouped
from stream import dev_data

SHORTEST, LONGEST = 6, 80  # target pieces of the pairs that are used


def options() -> argparse.Namespace:
    """Command line."""
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("run", type=Path)
    a.add_argument("data", help="data files of encode.py, comma-separated")
    a.add_argument("folder", type=Path, help="an exported folder: its tokenizer and vocabulary map are used")
    a.add_argument("--begin", type=Path, required=True, help="folder of the trained model, as transformers loads it")
    a.add_argument("--minutes", type=float, required=True, help="in all, over all calls")
    a.add_argument("--decay", type=float, default=0.0, help="the last minutes, in which the rate falls to nothing")
    a.add_argument("--pairs", type=int, default=1024, help="in a round")
    a.add_argument("--number", type=int, default=8, help="translations of each")
    a.add_argument("--kept", type=int, default=4, help="of these, the worst and the best")
    a.add_argument("--best", type=int, default=10, help="sample among so many pieces")
    a.add_argument("--temperature", type=float, default=0.6)
    a.add_argument("--recall", type=float, default=2.0, help="its weight in the likeness, where precision has 1")
    a.add_argument("--sharpness", type=float, default=4.0, help="of the choice among a source's translations")
    a.add_argument("--likelihood", type=float, default=0.05, help="weight of the reference's likelihood")
    a.add_argument("--tokens", type=int, default=8_000, help="padded target pieces in a batch")
    a.add_argument("--lr", type=float, default=4e-5)
    a.add_argument("--warmup", type=int, default=100, help="steps")
    a.add_argument("--sampled", type=int, default=500, help="random rows of the softmax")
    a.add_argument("--frequent", type=int, default=1000)
    a.add_argument("--ema", type=float, default=0.998)
    a.add_argument("--exact", action="store_true", help="learn in full precision, not rounded as int8 does")
    a.add_argument("--table", type=Path, help="guide the attention by this table of align.py")
    a.add_argument("--guide", type=float, default=0.005, help="weight of the guided attention's loss")
    a.add_argument("--dev", type=Path, help="pairs (source-name TAB) english TAB chinese")
    a.add_argument("--check", type=int, default=5, help="rounds between looks at the development pairs")
    a.add_argument("--seed", type=int, default=5)
    return a.parse_args()


def summary(rows: list[Sampled]) -> str:
    """How good the translations of a round were, and their length for one piece of the references."""
    said = sum(len(row) for r in rows for row in r.said)
    given = sum(len(r.reference) * len(r.said) for r in rows)
    return (
        f"{len(rows)} sources  reward {np.mean([r.mean for r in rows]):.4f}, "
        f"of the best {np.mean([r.reward.max() for r in rows]):.4f}  length {said / given:.3f}"
    )


def main() -> None:
    """Train until the minutes are spent."""
    o = options()
    torch.manual_seed(o.seed)
    sampler = Sampler(o.folder, o.run / "sampler", o.recall)
    write_tokenizer(sampler.spm, o.run)
    data = batches.load([Path(p) for p in o.data.split(",")])
    counts = torch.from_numpy(batches.frequencies(data, sampler.sp.get_piece_size()))
    learner, now = Learner(o, counts), o.run / "now"
    if not now.exists():
        learner.save()
    packed = dev_data(o.dev, sampler.sp) if o.dev else None
    dev = batches.sentences(packed, np.arange(len(packed.ls))) if packed else None
    possible = np.flatnonzero((data.lt >= SHORTEST) & (data.lt <= LONGEST) & (data.ls > 1))
    before, begun = learner.spent, time.time()
    while learner.spent < o.minutes * 60:
        rng = np.random.default_rng((o.seed, learner.round))
        chosen = rng.choice(possible, min(o.pairs, len(possible)), replace=False)
        started = time.time()
        rows = list(sampler.sample(now, *batches.sentences(data, chosen), o.number, o.best, o.temperature, o.kept))
        sampled = time.time() - started
        for part in grouped(rows, o.tokens, rng):
            learner.learn(part)
            learner.spent = before + time.time() - begun
        learner.round += 1
        learner.save()
        look = dev and learner.round % o.check == 0
        looked_at = "  dev likeness {:.4f}, length {:.3f}".format(*sampler.greedy(o.run, *dev)) if look else ""
        print(
            f"{learner.spent / 60:.1f} min  round {learner.round}  step {learner.step}  {summary(rows)}  "
            f"sampling {sampled:.0f} s of {time.time() - started:.0f}{looked_at}",
            flush=True,
        )


if __name__ == "__main__":
    main()
