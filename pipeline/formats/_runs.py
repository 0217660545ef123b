"""Runs: the text of one block of an article, cut where its markup begins and ends.

Every reader turns a paragraph, heading or cell into runs whose `raw` join to the block's slice of the file; all that
follows (sentences, tags, units) is the same for all formats.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.model import Kind, Part
from pipeline.text.tags import Role


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a block: text, or one piece of markup.

    `text` is what a reader sees of `raw`. Where the two are the same, the run can be cut; others are kept whole. For a
    mark that stands alone, `text` is what the segmenter sees in its place. A run without `kind` is markup that need not
    survive translation (a tracked change's frame, a soft break) and shows in no source.
    """

    raw: str
    text: str = ""
    role: Role = Role.TEXT
    kind: str = ""
    markup: str | None = None  # what a translated unit gets in its place; None: `raw`
    parts: tuple[Part, ...] = ()  # what it is made of where it stands between sentences (an image with its caption)
    hoist: bool = True  # a pair around whole sentences may be left out of them

    @property
    def plain(self) -> bool:
        """Whether this is text that can be cut anywhere."""
        return self.role is Role.TEXT and self.raw == self.text

    @property
    def put(self) -> str:
        """The markup that a translated unit gets."""
        return self.raw if self.markup is None else self.markup


def text(raw: str, shown: str | None = None) -> Run:
    """A run of text; `shown` is what a reader sees where that is not `raw` itself."""
    return Run(raw, raw if shown is None else shown)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item, cell ...: what is segmented on its own.

    `kind` is what the markup says; where it says no more than "a paragraph", place and wording may say more (a byline,
    a date), unless the block is `fixed`. `level` is a heading's, 1 the highest, 0 for no heading. `edges` says that
    pairs of markup are only left out of units where they enclose the whole block.
    """

    runs: tuple[Run, ...]
    kind: Kind = Kind.SENTENCE
    level: int = 0
    fixed: bool = False
    whole: bool = False  # not cut into sentences
    edges: bool = False

    @property
    def text(self) -> str:
        """What a reader sees, white space as it is in the file."""
        return "".join(run.text for run in self.runs)


Item = Part | Block


def offsets(runs: Sequence[Run]) -> list[int]:
    """Where each run's text begins in the block's text, and, as one more, where the last one ends."""
    starts, position = [], 0
    for run in runs:
        starts.append(position)
        position += len(run.text)
    return [*starts, position]


def cut(runs: Sequence[Run], places: Sequence[int]) -> list[list[Run]]:
    """Cut a block's runs at ascending offsets of its text; one list more than `places`.

    A run that cannot be cut goes whole to the side where its text begins; markup at a place goes before it when it
    closes, after it else.
    """
    pieces: list[list[Run]] = [[]]
    position = 0
    pending = list(places)
    for run in runs:
        rest = run
        while pending and _before(position, len(rest.text), pending[0], rest):
            keep = pending.pop(0) - position
            if keep > 0:
                pieces[-1].append(replace(rest, raw=rest.raw[:keep], text=rest.text[:keep]))
                rest = replace(rest, raw=rest.raw[keep:], text=rest.text[keep:])
                position += keep
            pieces.append([])
        pieces[-1].append(rest)
        position += len(rest.text)
    return [*pieces, *([] for _ in pending)]


def _before(position: int, length: int, place: int, run: Run) -> bool:
    """Whether the cut at `place` comes before the end of a run that begins at `position`."""
    if position == place:
        return run.role is not Role.CLOSE
    return (run.plain and position < place < position + length) or position > place
