r"""Readings by context: `rules.tsv` in a locale's folder.

A line is `word TAB target TAB before TAB after [TAB note]`: where `word` stands by itself (it is a word of the text, or
a character outside every known phrase), `before` matches the text that ends there and `after` the text that begins
there (regular expressions; `-` for anything), it becomes `target`. The first line that fits counts. A target written
`只/隻` is a guess: the first reading is taken, and a doubt names them all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import SanwenError

FILE = "rules.tsv"
REACH = 16  # characters of context that a rule sees on either side
_COLUMNS = 4


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of a rules file."""

    word: str
    readings: tuple[str, ...]  # the first is taken
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None

    def fits(self, text: str, start: int, end: int) -> bool:
        """Whether it applies to `text[start:end]`."""
        return (self.before is None or bool(self.before.search(text[max(0, start - REACH) : start]))) and (
            self.after is None or bool(self.after.match(text[end : end + REACH]))
        )


def read(file: Path) -> dict[str, list[Rule]]:
    """The rules in a file by their word, in order; none where there is no file.

    Raises SanwenError with the line for one that cannot be understood.
    """
    if not file.is_file():
        return {}
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise SanwenError(f"cannot be read: {problem}", file=file, remedy="It must be UTF-8 text") from problem
    rules: dict[str, list[Rule]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        rule = _rule(line, file, number)
        rules.setdefault(rule.word, []).append(rule)
    return rules


def layered(folders: Sequence[str]) -> dict[str, list[Rule]]:
    """The rules of several folders: a later folder's are tried before an earlier one's."""
    found: dict[str, list[Rule]] = {}
    for folder in folders:
        for word, rules in read(Path(folder) / FILE).items():
            found[word] = rules + found.get(word, [])
    return found


def _rule(line: str, file: Path, number: int) -> Rule:
    cells = [cell.strip() for cell in line.split("\t")]
    if len(cells) < _COLUMNS or not cells[0] or not all(len(reading) for reading in cells[1].split("/")):
        raise SanwenError(
            f"not a rule: {line!r}", file=file, place=number, remedy="Write word, target, before and after with tabs"
        )
    word, target, before, after = cells[:_COLUMNS]
    try:
        return Rule(
            word,
            tuple(target.split("/")),
            None if before == "-" else re.compile(f"(?:{before})$"),
            None if after == "-" else re.compile(after),
        )
    except re.error as problem:
        raise SanwenError(
            f"not a regular expression: {problem}", file=file, place=number, remedy="See docs/conversion.md"
        ) from problem
