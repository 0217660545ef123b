"""From decoded pieces to a unit's target: joined, tags projected, masks taken off and counted."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

from pipeline.draft.decode import Decoded
from pipeline.draft.prepare import Piece, Prepared
from pipeline.model import Finding, Kind, Use
from pipeline.text import clauses, mask, project
from pipeline.text.affiliation import largest_first
from pipeline.text.ending import mended
from pipeline.text.loops import bracketed_once
from pipeline.text.spaced import spaced

_BROKEN = "\ufffd"  # what a model's stray byte pieces decode to
_STRAY = ("**", "__", "`")  # marks of plain text files, of which models have seen many


@dataclass(frozen=True, slots=True)
class Drafted:
    """A unit's draft. `lost` are masked values that did not come through as often as they should."""

    target: str
    repaired: tuple[tuple[int, int], ...] = ()  # spans of the source whose terms were put in afterwards
    findings: tuple[Finding, ...] = ()
    lost: tuple[str, ...] = ()


def finish(prepared: Prepared, decoded: Sequence[Decoded]) -> Drafted:
    """Put a unit's pieces together again."""
    source = prepared.masked.text
    target = bracketed_once(_without_stray_marks(source, _joined(prepared, decoded)))
    target = mended(source, target)
    target = spaced(source, target, [hit.target for hit in prepared.unit.terms])
    if prepared.tags:
        target = project.project(source, prepared.tags, _alignment(prepared, decoded, target), target)
    elif prepared.unit.kind is Kind.AFFILIATION:
        target = largest_first(source, target)
    restored = mask.restore(target.replace(_BROKEN, ""), prepared.masked)
    terms = prepared.unit.terms
    repaired = {
        (terms[i].start, terms[i].end)
        for piece, each in zip(prepared.pieces, decoded, strict=True)
        for i, hit in zip(piece.terms, each.terms, strict=False)
        if hit.use is Use.REPAIRED and i < len(terms)  # figures are no business of the glossary
    }
    findings = tuple(dict.fromkeys(f for d in decoded for f in d.findings))
    return Drafted(restored.text, tuple(sorted(repaired)), findings, restored.lost + restored.doubled)


def _without_stray_marks(source: str, target: str) -> str:
    """`target` without marks of emphasis and code that its source has not."""
    for mark in _STRAY:
        if mark in target and mark not in source:
            target = target.replace(mark, "")
    return target


def _joined(prepared: Prepared, decoded: Sequence[Decoded]) -> str:
    """Pieces of one group joined as clauses; between groups the masks that were never at risk."""
    texts = {
        group: clauses.join(_clauses(pairs))
        for group, pairs in groupby(zip(prepared.pieces, decoded, strict=True), key=lambda x: x[0].group)
    }
    if not prepared.cut:
        return texts.get(0, "")
    result = []
    for group in range(len(prepared.masked.spans) + 1):
        result.append(texts.get(group, ""))
        if group < len(prepared.masked.spans):
            result.append(prepared.masked.spans[group].mask)
    return "".join(result)


def _clauses(pairs: Iterable[tuple[Piece, Decoded]]) -> list[str]:
    """The texts of a group, parts of one clause put together."""
    texts: list[str] = []
    for piece, each in pairs:
        if piece.tight and texts:
            texts[-1] = clauses.abut(texts[-1], each.text)
        else:
            texts.append(each.text)
    return texts


def _alignment(prepared: Prepared, decoded: Sequence[Decoded], target: str) -> project.Alignment:
    """The engine's attention over the whole unit, in offsets of the masked source and of `target`.

    Repairs and joins have moved the text since, so offsets are carried over by matching. Without attention words are
    taken to come in the same order and proportion.
    """
    if any(d.result.attention is None for d in decoded):
        return _proportional(prepared.masked.text, target)
    sources: list[tuple[int, int]] = []
    targets: list[tuple[int, int]] = []
    blocks = []
    raw = ""
    for piece, each in zip(prepared.pieces, decoded, strict=True):
        rows = each.result.attention
        assert rows is not None  # noqa: S101  tested above
        blocks.append((len(targets), len(sources), rows))
        sources += [(t.start + piece.start, t.end + piece.start) for t in each.result.sources]
        targets += [(t.start + len(raw), t.end + len(raw)) for t in each.result.tokens]
        raw += each.result.text
    moved = _Moved(raw, target)
    masks = _mask_places(prepared.masked, target)
    width = len(sources) + len(masks)
    weights = [[0.0] * width for _ in range(len(targets) + len(masks))]
    for row, column, rows in blocks:
        for i, values in enumerate(rows.tolist()):
            weights[row + i][column : column + len(values)] = values
    for i in range(len(masks)):
        weights[len(targets) + i][len(sources) + i] = 1.0
    rows_of = [(moved(a), moved(b)) for a, b in targets] + [t for _, t in masks]
    order = sorted(range(len(rows_of)), key=lambda i: rows_of[i])
    return project.Alignment(sources + [s for s, _ in masks], [rows_of[i] for i in order], [weights[i] for i in order])


class _Moved:
    """Where a place in the old text is in the new one."""

    def __init__(self, old: str, new: str) -> None:
        blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
        self._starts = [b.a for b in blocks]
        self._blocks = blocks
        self._last = len(new)

    def __call__(self, at: int) -> int:
        index = bisect_right(self._starts, at) - 1
        if index < 0:
            return 0
        block = self._blocks[index]
        return min(block.b + min(at - block.a, block.size), self._last)


def _mask_places(masked: mask.Masked, target: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Masks that stand in both texts: where in the source, where in the target."""
    places, here = [], 0
    for span in masked.spans:
        start = masked.text.index(span.mask, here)
        here = start + len(span.mask)
        found = target.find(span.mask)
        if found >= 0:
            places.append(((start, here), (found, found + len(span.mask))))
    return places


def _proportional(source: str, target: str) -> project.Alignment:
    words, here = [], 0
    for word in source.split(" "):
        words.append((here, here + len(word)))
        here += len(word) + 1
    scale = len(target) / max(len(source), 1)
    return project.Alignment.of_pairs(((a, b), (round(a * scale), round(b * scale))) for a, b in words)
