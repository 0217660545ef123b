"""Whether CTranslate2's vocabulary map lets a piece through.

With `vmap.txt` CTranslate2 only considers, for a batch, the candidates that are always allowed, those of the batch's
source n-grams, and the pieces of target prefixes (its `VocabularyMap::get_candidates`). A term's target that the
source annotates must be among them, or the request is translated with the whole vocabulary.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline.errors import SanwenError


class Shortlist:
    """A vocabulary map, read when first asked."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._rules: dict[str, str] | None = None
        self._always: frozenset[str] = frozenset()
        self._longest = 1

    def _load(self) -> dict[str, str]:
        if self._rules is None:
            try:
                lines = self._path.read_text(encoding="utf-8").split("\n")
            except (OSError, UnicodeDecodeError) as e:
                raise SanwenError(f"the vocabulary map cannot be read: {e}", file=self._path) from e
            self._rules = dict(line.split("\t", 1) for line in lines if "\t" in line)
            self._always = frozenset(self._rules.get("", "").split(" "))
            self._longest = max((key.count(" ") + 1 for key in self._rules), default=1)
        return self._rules

    def allows(self, source: Sequence[str], wanted: Iterable[str]) -> bool:
        """Whether a translation of the pieces `source` can hold every piece of `wanted`."""
        missing = set(wanted)
        if not missing:
            return True
        rules = self._load()
        missing -= self._always
        for n in range(1, self._longest + 1):
            for i in range(len(source) - n + 1):
                if not missing:
                    return True
                found = rules.get(" ".join(source[i : i + n]))
                if found:
                    missing.difference_update(found.split(" "))
        return not missing
