"""The vocabulary map: for each source piece, the target pieces it can bring about.

    python training/vmap.py TABLE.npz DATA.npz SPM.model OUT/vmap.txt [--each 40] [--always 2500]

CTranslate2 reads it (`use_vmap=True`) and computes the output layer only over the union of a batch's lists and the
pieces that stand in the first line (empty source): frequent ones, punctuation and bytes.
"""

import argparse
from collections import defaultdict
from pathlib import Path

import numpy as np
import sentencepiece

SPACE = "▁"


def is_han(text: str) -> bool:
    """Whether a piece is made of Chinese characters."""
    return bool(text) and all("\u4e00" <= c <= "\u9fff" for c in text)


def related(pieces: list[str]) -> dict[str, set[str]]:
    """What a piece that is to be copied may become: itself, itself after or without a space, and its parts."""
    known, out = set(pieces), defaultdict(set)
    containing = defaultdict(list)
    for p in pieces:
        if is_han(p):
            for c in p:
                containing[c].append(p)
    for p in pieces:
        bare = p.lstrip(SPACE)
        out[p] |= {x for x in (p, bare, SPACE + bare) if x in known}
        if is_han(bare):  # a term after <as> may be cut otherwise in the middle of a sentence
            out[p] |= {bare[i:j] for i in range(len(bare)) for j in range(i + 1, len(bare) + 1)} & known
            if len(bare) > 1:
                out[p] |= {x for x in containing[bare[0]] if bare in x and len(x) <= len(bare) + 1}
    return out


def lists(table: Path, size: int, each: int, least: float) -> dict[int, list[int]]:
    """The `each` best targets of every source piece by expected count, leaving out shares below `least`."""
    z = np.load(table)
    order = np.lexsort((-z["count"], z["source"]))
    source, target, count = z["source"][order].astype(int), z["target"][order].astype(int), z["count"][order]
    total = np.bincount(source, count, size)
    out: dict[int, list[int]] = defaultdict(list)
    for s, t, c in zip(source, target, count, strict=True):
        if len(out[s]) < each and c >= least * total[s]:
            out[s].append(t)
    return out


def build(table: Path, data: Path, spm: Path, each: int, always: int, least: float) -> str:  # noqa: PLR0917
    """The text of the map."""
    sp = sentencepiece.SentencePieceProcessor(model_file=str(spm))
    pieces = [sp.id_to_piece(i) for i in range(sp.get_piece_size())]
    frequent = np.argsort(-np.bincount(np.load(data)["t"], minlength=len(pieces)))[:always]
    common = {pieces[i] for i in frequent} | {p for i, p in enumerate(pieces) if sp.is_byte(i)} | {"</s>"}
    common |= {p for p in pieces if (len(p) == 1 and not p.isalnum()) or p.isdigit()}
    copies, found = related(pieces), lists(table, len(pieces), each, least)
    lines = ["\t" + " ".join(sorted(common - {"<term>", "<as>", "</term>"}))]
    for i, p in enumerate(pieces):
        targets = dict.fromkeys([pieces[t] for t in found.get(i, [])] + sorted(copies[p]))
        kept = [t for t in targets if t not in common and not t.startswith("<")]
        if kept and not sp.is_byte(i) and i > 4:
            lines.append(p + "\t" + " ".join(kept))
    return "\n".join(lines) + "\n"


def main() -> None:
    """Command line."""
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("table", type=Path)
    a.add_argument("data", type=Path)
    a.add_argument("spm", type=Path)
    a.add_argument("out", type=Path)
    a.add_argument("--each", type=int, default=40)
    a.add_argument("--always", type=int, default=2500)
    a.add_argument("--least", type=float, default=0.001, help="smallest share of a source piece's links")
    o = a.parse_args()
    o.out.write_text(build(o.table, o.data, o.spm, o.each, o.always, o.least), encoding="utf-8")


if __name__ == "__main__":
    main()
