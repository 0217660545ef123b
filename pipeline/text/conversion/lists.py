"""Lists of phrases in a locale's folder: `source TAB target [TAB note]`, a line each; `#` begins a comment line.

`phrases.tsv` corrects conversion: its targets are in the standard of OpenCC's output and go through the locale's
character variants. `vocabulary.tsv` holds what a region calls a thing; its first line for a target is also the way
back. `back.tsv` has phrases of the locale and what they are in its base, where the way back needs help.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.errors import SanwenError

PHRASES = "phrases.tsv"
VOCABULARY = "vocabulary.tsv"
BACK = "back.tsv"
LEARNED = "learned.tsv"  # reviewers' lasting preferences, by `sanwen locale learn`: taken just as they stand


def read(file: Path) -> dict[str, str]:
    """The list in a file; an empty one where there is no file.

    Raises SanwenError with the line for one that is not a pair, and for a phrase listed twice.
    """
    if not file.is_file():
        return {}
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise SanwenError(f"cannot be read: {problem}", file=file, remedy="It must be UTF-8 text") from problem
    pairs: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        source, _, rest = line.partition("\t")
        target = rest.partition("\t")[0].strip()
        source = source.strip()
        if not source or not target:
            raise SanwenError(
                f"not a pair: {line!r}", file=file, place=number, remedy="Write the phrase, a tab, and what it becomes"
            )
        if source in pairs:
            raise SanwenError(f"{source} is listed twice", file=file, place=number, remedy="Keep one of the lines")
        pairs[source] = target
    return pairs


def layered(folders: Sequence[str], name: str) -> dict[str, str]:
    """The lists of that name in several folders as one; a later folder's line replaces an earlier one's."""
    found: dict[str, str] = {}
    for folder in folders:
        found.update(read(Path(folder) / name))
    return found


def inverse(pairs: dict[str, str]) -> dict[str, str]:
    """From the targets back; where several phrases have one target, the first counts."""
    back: dict[str, str] = {}
    for source, target in pairs.items():
        back.setdefault(target, source)
    return back
