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
from spans import MOST_PIECES, places
from terms import MARKED

from pipeline.engines._vocabulary import weight
from pipeline.text.capitals import without_capitals
from pipeline.text.familiar import Replacement, replacements, respelled
from pipeline.text.headline import Weigh


def read(source: str, weigh: Weigh) -> str:
    """A source, which may have annotations, as the runtime has it read."""
    return respelled(small := _small(source, weigh), _outside(small, replacements(small, weigh)))


def _outside(source: str, found: list[Replacement]) -> list[Replacement]:
    """Those that are not within what an annotation asks for."""
    asked = [mark.span(2) for mark in MARKED.finditer(source)]
    return [r for r in found if not any(start < r[1] and r[0] < end for start, end in asked)]


def _small(source: str, weigh: Weigh) -> str:
    plain = without_capitals(MARKED.sub(r"\1", source), weigh)
    out, at, done = [], 0, 0
    for mark in MARKED.finditer(source):
        before, inside = mark.start() - at, len(mark[1])
        out += [plain[done : done + before], "<term>", plain[done + before : done + before + inside]]
        out.append(source[mark.end(1) : mark.end()])
        at, done = mark.end(), done + before + inside
    return "".join((*out, plain[done:]))


def main() -> None:
    """Command line."""
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("data", type=Path)
    a.add_argument("spm")
    a.add_argument("out", type=Path)
    o = a.parse_args()
    pieces = sentencepiece.SentencePieceProcessor(model_file=o.spm)
    weigh = cache(partial(weight, pieces))
    spelled = [pieces.id_to_piece(i) for i in range(pieces.get_piece_size())]
    z = np.load(o.data)
    s, so, t, to = z["s"], z["so"], z["t"], z["to"]
    changed: dict[int, tuple[np.ndarray, np.ndarray]] = {}
    for i in range(len(so) - 1):
        said = [spelled[k] for k in s[so[i] : so[i + 1] - 1]]
        if any(p.startswith("<0x") for p in said):
            continue
        source = places(said)[0]
        if (new := read(source, weigh)) != source and len(ids := pieces.encode(new)) < MOST_PIECES:
            changed[i] = np.array([*ids, EOS], np.uint16), t[to[i] : to[i + 1]]
    save_changed(o.out, z, changed)
    print(f"{len(changed)} of {len(so) - 1} sources are read otherwise")


if __name__ == "__main__":
    main()
