"""Write packed sources as the runtime has them read, so that the model trains on what it will read.

    python training/reading.py DATA.npz SPM.model OUT.npz

Capitals that take a common word apart go (`pipeline/text/capitals.py`), and of two spellings the one stands that the
tokenizer knows (`pipeline/text/familiar.py`); what is asked for in an annotation stays.
"""

import argparse
from functools import cache, partial
from pathlib import Path

import numpy as np
import sentencepiece
from batches import save_changed
from encode import EOS
from spans import MOST_PIECES, written
from terms import read

from pipeline.engines._vocabulary import weight


def main() -> None:
    """Command line."""
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("data", type=Path)
    a.add_argument("spm")
    a.add_argument("out", type=Path)
    o = a.parse_args()
    pieces = sentencepiece.SentencePieceProcessor(model_file=o.spm)
    weigh = cache(partial(weight, pieces))
    z = np.load(o.data)
    t, to = z["t"], z["to"]
    changed: dict[int, tuple[np.ndarray, np.ndarray]] = {}
    for i, source in enumerate(written(z["s"], z["so"], pieces)):
        if not source or (new := read(source, weigh)) == source:
            continue
        if len(ids := pieces.encode(new)) < MOST_PIECES:
            changed[i] = np.array([*ids, EOS], np.uint16), t[to[i] : to[i + 1]]
    save_changed(o.out, z, changed)
    print(f"{len(changed)} of {len(to) - 1} sources are read otherwise")


if __name__ == "__main__":
    main()
