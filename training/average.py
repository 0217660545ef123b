"""Average the weights of several runs that went on from one state: better than each of them, for the price of one.

    python training/average.py OUT RUN=0.6 RUN=0.4

OUT gets the first run's other files (configuration, vocabulary) and can be exported as a run. The method is that of
model soups (Wortsman et al. 2022, arXiv:2203.05482); it fails for runs that began from different weights, so measure.
"""

import argparse
import math
import shutil
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

WEIGHTS = "model.safetensors"


def average(runs: list[tuple[dict[str, torch.Tensor], float]]) -> dict[str, torch.Tensor]:
    """The weighted mean of each tensor, in the first one's number type; weights are shares of 1.

    Raises ValueError if names or shapes differ, or the shares do not sum to 1.
    """
    first = runs[0][0]
    if not math.isclose(sum(share for _, share in runs), 1.0, abs_tol=1e-6):
        raise ValueError("the shares of the runs do not sum to 1")
    for tensors, _ in runs[1:]:
        if {k: v.shape for k, v in tensors.items()} != {k: v.shape for k, v in first.items()}:
            raise ValueError("the runs are not of one shape")
    return {
        name: torch.stack([tensors[name].float() * share for tensors, share in runs]).sum(0).to(tensor.dtype)
        for name, tensor in first.items()
    }


def main() -> None:
    """Command line."""
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("out", type=Path)
    a.add_argument("runs", nargs="+", metavar="RUN=SHARE")
    o = a.parse_args()
    named = [(Path(run), float(share)) for run, _, share in (r.rpartition("=") for r in o.runs)]
    mean = average([(load_file(folder / WEIGHTS), share) for folder, share in named])
    o.out.mkdir(parents=True, exist_ok=True)
    for path in named[0][0].iterdir():
        if path.is_file() and path.suffix != ".pt" and path.name != WEIGHTS:
            shutil.copyfile(path, o.out / path.name)
    save_file(mean, o.out / WEIGHTS, metadata={"format": "pt"})


if __name__ == "__main__":
    main()
