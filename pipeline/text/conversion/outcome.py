"""What a conversion takes and gives."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lock:
    """A span of the input whose output form is given: a glossary's term."""

    start: int
    end: int
    target: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A place of the output where another reading is really possible.

    `output[start:end]` is `text`; `readings` are the possible ones, the one that was chosen first.
    """

    start: int
    end: int
    text: str
    readings: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Override:
    """A place where the output is not OpenCC's own: `input[start:end]` is `source` and became `target`.

    `origin` says by what: "lock", "phrases", "vocabulary", "words" (a word boundary), or "rules" (context).
    """

    start: int
    end: int
    source: str
    target: str
    origin: str


@dataclass(frozen=True, slots=True)
class Conversion:
    """A converted text. `spans` has one `(start, end)` of the input for every character of the output, in order."""

    text: str
    spans: tuple[tuple[int, int], ...]
    doubts: tuple[Doubt, ...] = ()
    overrides: tuple[Override, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the input and what it becomes.

    `origin` is empty where that is OpenCC's own; `readings` are the possible targets, the chosen first, of a guess.
    """

    start: int
    end: int
    target: str
    origin: str = ""
    readings: tuple[str, ...] = ()
