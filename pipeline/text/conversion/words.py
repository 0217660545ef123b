"""`words.txt` in a locale's folder: the words of Simplified policy text and how rare each is.

A line is a cost, minus the natural logarithm of a share of the corpus, and the words that have it, with spaces.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.errors import SanwenError

FILE = "words.txt"


def layered(folders: Sequence[str]) -> dict[str, float]:
    """The words of several folders with their costs; a later folder's cost replaces an earlier one's.

    Raises SanwenError with the line for one that does not begin with a cost.
    """
    costs: dict[str, float] = {}
    for folder in folders:
        costs.update(read(Path(folder) / FILE))
    return costs


def read(file: Path) -> dict[str, float]:
    """The words in a file; none where there is no file."""
    if not file.is_file():
        return {}
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise SanwenError(f"cannot be read: {problem}", file=file, remedy="It must be UTF-8 text") from problem
    costs: dict[str, float] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cost, *words = line.split()
        try:
            value = float(cost)
        except ValueError as problem:
            raise SanwenError(
                f"{cost!r} is not a cost", file=file, place=number, remedy="Write a number, then its words"
            ) from problem
        if not value > 0:
            raise SanwenError(f"the cost {cost} is not above 0", file=file, place=number)
        costs.update(dict.fromkeys(words, value))
    return costs
