"""Write terms found by word alignment into part of the packed sources, on top of those that a lexicon knew.

    python training/spans.py DATA.npz TABLE.npz SPM.model OUT.npz [--share 0.25]

A term is a stretch of one to five source words whose links (`align.py`) stay within one stretch of the target and
which nothing outside links to: a consistent phrase pair (Och and Ney 2004). So names, multiword terms and rare
translations occur that no lexicon has, and sentences with many terms. In a tenth of the sentences one term is changed
for another of the corpus, in the target alone or on both sides: what follows `<as>` is to be copied, not judged.
"""

import argparse
import random
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import sentencepiece
import torch
from align import Table, batches, diagonal
from batches import MARKS, save_changed
from terms import COMMON, WORD, rewrite

from pipeline.text.figures.quantities import quantities  # the runtime's own: the model must meet what it will be given

LINKED = 0.002  # p(t | s) p(s | t) from which a link counts
CLEAR = 0.4  # the share of a piece's links that one of them must have
TARGET = re.compile(r"[\u4e00-\u9fffA-Za-z0-9·《》（）\- ]{2,24}")
HAN = re.compile(r"[\u4e00-\u9fff]")
LOOSE = "的了在和是与及或、就都也很有为把被对从向到 -"  # a term neither begins nor ends with these
MOST_WORDS, MOST_PIECES = 5, 150
NUMBERS = (1, 1, 2, 2, 3, 4, 6, 9)  # of terms in a sentence
SWAPPED = 0.1
FIGURES = 0.8  # of the sentences that are annotated at all: then with every figure that can be


class Span(NamedTuple):
    """Characters `start` to `end` of the source are characters `first` to `last` of the target."""

    start: int
    end: int
    first: int
    last: int


def linked(table: Table, x: torch.Tensor, y: torch.Tensor, lx: torch.Tensor, ly: torch.Tensor) -> np.ndarray:
    """Which target piece (middle dimension) is linked to which source piece (last), for a padded batch of pairs."""
    weight = table.links(x, y)
    sharp = weight * diagonal(lx, ly, x.shape[1], y.shape[1]).exp_()
    real = (torch.arange(x.shape[1]) < (lx - 1)[:, None])[:, None, :] & (torch.arange(y.shape[1]) < (ly - 1)[:, None])[
        :, :, None
    ]
    sharp *= real
    clear = (sharp >= CLEAR * sharp.sum(2, keepdim=True)) | (sharp >= CLEAR * sharp.sum(1, keepdim=True))
    return (clear & real & (weight > LINKED)).numpy()


def of_pair(english: str, chinese: str, pieces: sentencepiece.SentencePieceProcessor, table: Table) -> list[Span]:
    """The phrase pairs of one pair of texts; none where a character is spelled in bytes."""
    ids = [pieces.encode(text) for text in (english, chinese)]
    sides = [[pieces.id_to_piece(i) for i in side] for side in ids]
    if any(p.startswith("<0x") for side in sides for p in side):
        return []
    x, y = (torch.tensor([[*side, 0]]) for side in ids)
    hit = linked(table, x, y, torch.tensor([x.shape[1]]), torch.tensor([y.shape[1]]))[0]
    (source, sp), (target, tp) = map(places, sides)
    return spans(source, sp, target, tp, hit[:-1, :-1]) if source == english and target == chinese else []


def places(pieces: list[str]) -> tuple[str, list[tuple[int, int]]]:
    """A text from its pieces, without the space that SentencePiece begins with, and where each piece stands in it."""
    at, out = -1 if pieces and pieces[0].startswith("▁") else 0, []
    for piece in pieces:
        out.append((max(at, 0), at + len(piece)))
        at += len(piece)
    text = "".join(pieces).replace("▁", " ")
    return text.removeprefix(" "), out


def written(ids: np.ndarray, offsets: np.ndarray, pieces: sentencepiece.SentencePieceProcessor) -> Iterator[str | None]:
    """The text of each packed sentence, its </s> left out; None for one with characters in bytes."""
    spelled = [pieces.id_to_piece(i) for i in range(pieces.get_piece_size())]
    for start, end in pairwise(offsets):
        said = [spelled[k] for k in ids[start : end - 1]]
        yield None if any(map(is_byte, said)) else places(said)[0]


def is_byte(piece: str) -> bool:
    """Whether a piece is a byte of a character that the vocabulary lacks."""
    return piece.startswith("<0x")


def spans(
    source: str, sp: list[tuple[int, int]], target: str, tp: list[tuple[int, int]], linked: np.ndarray
) -> list[Span]:
    """Every phrase pair whose sides can be a term; `linked` is (target pieces, source pieces), true or false."""
    words = [m.span() for m in WORD.finditer(source)]
    starts = [a for a, _ in sp]
    found = []
    for i, (start, first_end) in enumerate(words):
        if source[start:first_end].lower() in COMMON:
            continue
        for j in range(i, min(i + MOST_WORDS, len(words))):
            end = words[j][1]
            if j > i and source[words[j - 1][1] : words[j][0]] not in {" ", "-"}:
                break
            if source[words[j][0] : end].lower() in COMMON:
                continue
            a = int(np.searchsorted(starts, start, "right")) - 1
            b = int(np.searchsorted(starts, end, "left"))
            rows = np.flatnonzero(linked[:, a:b].any(1))
            if not len(rows) or not linked[:, a].any() or not linked[:, b - 1].any():
                continue
            low, high = rows[0], rows[-1] + 1
            if high - low > 2 * len(rows) or linked[low:high, :a].any() or linked[low:high, b:].any():
                continue
            text = target[tp[low][0] : tp[high - 1][1]]
            if TARGET.fullmatch(text) and HAN.search(text) and text[0] not in LOOSE and text[-1] not in LOOSE:
                found.append(Span(start, end, tp[low][0], tp[high - 1][1]))
    return found


def figures(source: str, target: str) -> list[Span]:
    """The figures whose form by rule stands in the target, once."""
    found = []
    for q in quantities(source):
        form = next((f for f in q.forms if target.count(f) == 1), None)
        if form is not None:
            first = target.index(form)
            found.append(Span(q.start, q.end, first, first + len(form)))
    return found


def clear_of(some: list[Span], others: list[Span]) -> list[Span]:
    """Those of `some` that share no character with `others`, on either side."""
    return [
        s
        for s in some
        if all((s.end <= o.start or s.start >= o.end) and (s.last <= o.first or s.first >= o.last) for o in others)
    ]


def chosen(found: list[Span], source: str, rng: random.Random) -> list[Span]:
    """Some of the spans that do not overlap; names and longer terms rather than single words."""

    def weight(s: Span) -> float:
        text = source[s.start : s.end]
        return rng.random() * (2.0 if " " in text else 1.0) * (1.5 if text[:1].isupper() else 1.0)

    most, out = rng.choice(NUMBERS), []
    for s in sorted(found, key=weight, reverse=True):
        if len(out) < most and clear_of([s], out):
            out.append(s)
    return sorted(out)


class Pool:
    """Terms met before, to put in others' places; names apart from other words."""

    def __init__(self, size: int = 20_000) -> None:
        """An empty pool that keeps the last `size` terms of each sort."""
        self.size, self.kept = size, {True: [], False: []}

    def other(self, source: str, target: str, rng: random.Random) -> tuple[str, str]:
        """A term of the same sort; the one given takes its place."""
        kept = self.kept[source[:1].isupper()]
        if len(kept) < self.size:
            kept.append((source, target))
            return rng.choice(kept)
        k = rng.randrange(len(kept))
        out, kept[k] = kept[k], (source, target)
        return out


def annotated(source: str, target: str, terms: list[Span], pool: Pool, rng: random.Random) -> tuple[str, str]:
    """Both texts with `terms` written in and, now and then, one of them changed for another."""
    swapped = rng.randrange(len(terms)) if rng.random() < SWAPPED else -1
    if swapped >= 0 and any(c.isdecimal() for c in source[terms[swapped].start : terms[swapped].end]):
        swapped = -1  # a figure is what it is
    marks, changes = [], []
    for k, s in enumerate(terms):
        english, chinese = source[s.start : s.end], target[s.first : s.last]
        other = pool.other(english, chinese, rng)
        if k == swapped:
            chinese = other[1]
            english = other[0] if rng.random() < 0.5 else english
            changes.append((s.first, s.last, chinese))
        marks.append((s.start, s.end, english, chinese))
    for first, last, new in changes:
        target = target[:first] + new + target[last:]
    return rewrite(source, marks), target


def main() -> None:
    """Command line."""
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("data", type=Path)
    a.add_argument("table", type=Path)
    a.add_argument("spm")
    a.add_argument("out", type=Path)
    a.add_argument("--share", type=float, default=0.25, help="of the sentences that have no term yet")
    a.add_argument("--figures", type=float, default=0.4, help="of those with figures, that get these only")
    a.add_argument("--seed", type=int, default=11)
    o = a.parse_args()
    rng, pieces, table, pool = (
        random.Random(o.seed),
        sentencepiece.SentencePieceProcessor(model_file=o.spm),
        Table(o.table),
        Pool(),
    )
    z = np.load(o.data)
    s, so, t, to = z["s"], z["so"], z["t"], z["to"]
    plain = np.add.reduceat(np.isin(s, MARKS), so[:-1]) == 0
    draw = np.random.default_rng(o.seed).random(len(plain))
    digits = [i for i in range(pieces.get_piece_size()) if any(c.isdecimal() for c in pieces.id_to_piece(i))]
    numbered = np.add.reduceat(np.isin(s, digits), so[:-1]) > 0
    picked = np.flatnonzero(plain & ((draw < o.share) | (numbered & (draw < o.share + o.figures))))
    picked = picked[np.lexsort((np.diff(to)[picked], np.diff(so)[picked]))]  # as `batches` sorts them
    new: dict[int, tuple[np.ndarray, np.ndarray]] = {}
    done = terms = 0
    for x, y, lx, ly in batches(s, so, t, to, picked):
        hit = linked(table, x, y, lx, ly)
        for k in range(len(x)):
            n, m = int(lx[k]) - 1, int(ly[k]) - 1
            sides = [[pieces.id_to_piece(int(i)) for i in ids] for ids in (x[k, :n], y[k, :m])]
            if not any(is_byte(p) for side in sides for p in side):
                (source, sp), (target, tp) = map(places, sides)
                numbers = figures(source, target) if rng.random() < FIGURES else []
                found = (
                    clear_of(spans(source, sp, target, tp, hit[k, :m, :n]), numbers)
                    if draw[picked[done + k]] < o.share
                    else []
                )
                if found or numbers:
                    some = sorted(chosen(found, source, rng) + numbers)
                    ids = [pieces.encode(text) for text in annotated(source, target, some, pool, rng)]
                    if max(map(len, ids)) < MOST_PIECES:
                        new[int(picked[done + k])] = tuple(np.array([*i, 0], np.uint16) for i in ids)
                        terms += len(some)
        done += len(x)
    save_changed(o.out, z, new)
    print(f"{len(new)} of {len(plain)} sentences with {terms} terms more")


if __name__ == "__main__":
    main()
