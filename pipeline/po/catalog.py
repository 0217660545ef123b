"""One PO file: read with polib after a syntax check, entries by key, serialised without loss."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from pathlib import Path

import polib

from pipeline.errors import SanwenError
from pipeline.model import Kind
from pipeline.po.syntax import check

Key = tuple[str, str]  # context (msgctxt), source (msgid)

# Running text shares an entry wherever the same sentence comes again; a title that reads like a sentence does not.
_RUNNING = {Kind.SENTENCE, Kind.ITEM, Kind.QUOTE, Kind.NOTE}

# Everything that some tool takes for the end of a line would let a comment start an entry of its own.
_BREAKS = re.compile("[\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029\x00]+")


def context(kind: Kind) -> str:
    """The msgctxt of a unit of this kind; empty for running text."""
    return "" if kind in _RUNNING else kind.value


def one_line(text: str) -> str:
    """`text` fit for a comment: no line separator of any kind, no surrogate."""
    return _BREAKS.sub(" ", text).encode("utf-8", "replace").decode("utf-8").strip()


@dataclass(slots=True)
class Catalog:
    """The entries of one article and locale. `file` is polib's; `tail` the comments behind the last entry."""

    path: Path
    file: polib.POFile = field(default_factory=lambda: polib.POFile(wrapwidth=0))
    tail: tuple[str, ...] = ()
    exists: bool = False
    moved: dict[Key, polib.POEntry] = field(default_factory=dict)  # entries whose source has changed, by the new key

    def entries(self) -> dict[Key, polib.POEntry]:
        """Live entries by key; obsolete ones fill the places that no live one has."""
        found = {key(e): e for e in self.file if e.obsolete}
        found.update((key(e), e) for e in self.file if not e.obsolete)
        return found

    def render(self) -> str:
        """The text of the file: not wrapped, entries in order, obsolete ones last."""
        text = str(self.file)
        if not text.endswith("\n"):
            text += "\n"
        return text + "".join(f"{line}\n" for line in self.tail)


def key(entry: polib.POEntry) -> Key:
    """An entry's identity: its context and source."""
    return (entry.msgctxt or "", entry.msgid)


def read(path: Path) -> Catalog:
    """The catalog at `path`; an empty one where there is no file.

    Raises SanwenError for a file that is not whole: it stays as it is, and nothing is written over it.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Catalog(path)
    except OSError as problem:
        raise SanwenError(f"cannot be read: {problem.strerror}", file=path, remedy="Check its permissions") from problem
    checked = check(data, str(path))
    file = parse(checked.text, path)
    _no_duplicates(file, path)
    return Catalog(path, file, checked.tail, exists=True)


def parse(text: str, path: Path) -> polib.POFile:
    """`text` (checked) as polib sees it.

    polib splits text at U+0085 and U+2028 but files only at line ends, so it is given an open file.
    """
    parser = polib._POFileParser("", wrapwidth=0)  # noqa: SLF001  the public way reads a path a second time
    parser.fhandle = io.StringIO(text, newline=None)
    try:
        file: polib.POFile = parser.parse()
    except (OSError, ValueError, IndexError) as problem:
        raise SanwenError(f"not a PO file: {problem}", file=path, remedy="Mend it or move it away") from problem
    file.wrapwidth = 0
    return file


def _no_duplicates(file: polib.POFile, path: Path) -> None:
    seen: set[Key] = set()
    for entry in file:
        if entry.obsolete:
            continue
        if key(entry) in seen:
            raise SanwenError(
                f"the entry {entry.msgid[:50]!r} is there twice",
                file=path,
                place=entry.linenum,
                remedy="Keep the right one (`msguniq` helps); the file was not changed",
            )
        seen.add(key(entry))
