"""Translation memory: what people approved in any article of the workspace, so that nobody corrects it twice.

The PO files are the truth; this is an index over their approved entries, kept in `.sanwen/` and refreshed from
the files that have changed.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import SanwenError
from pipeline.po.catalog import read
from pipeline.store import connect, in_memory
from pipeline.text.similar import Index

_SCHEMA = """
CREATE TABLE IF NOT EXISTS file (path TEXT PRIMARY KEY, stamp TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS approved (path TEXT, locale TEXT, context TEXT, source TEXT, target TEXT);
CREATE INDEX IF NOT EXISTS by_source ON approved (locale, source);
CREATE INDEX IF NOT EXISTS by_path ON approved (path);
"""


@dataclass(frozen=True, slots=True)
class Recalled:
    """An approved translation of the same or a similar source. `origin` is the article's name; `score` 0 to 1."""

    source: str
    target: str
    origin: str
    score: float = 1.0


class Memory:
    """The approved entries of one locale."""

    def __init__(self, state: Path, locale: str, files: Iterable[Path] = ()) -> None:
        """Open the index in the folder `state`, and bring it up to date with the PO `files` of `locale`, if given."""
        self._db = connect(state / "memory.sqlite", _SCHEMA)
        self._locale = locale
        self._index: tuple[list[tuple[str, str, str]], Index] | None = None
        self.refresh(files)

    def refresh(self, files: Iterable[Path]) -> None:
        """Read the files that have changed since; forget those that are gone. A broken file is the run's business.

        Where the index cannot be written (a full disk), it is kept in memory for this process.
        """
        files = list(files)
        try:
            self._refresh(files)
        except sqlite3.Error:
            self._db = in_memory(_SCHEMA)
            self._refresh(files)

    def _refresh(self, files: Sequence[Path]) -> None:
        known = dict(self._db.execute("SELECT path, stamp FROM file WHERE path LIKE ?", (f"{self._locale}:%",)))
        seen = set()
        for file in files:
            name = f"{self._locale}:{file}"
            seen.add(name)
            try:
                stat = file.stat()
                stamp = f"{stat.st_mtime_ns} {stat.st_size}"
                if known.get(name) == stamp:
                    continue
                rows = [
                    (name, self._locale, e.msgctxt or "", e.msgid, e.msgstr)
                    for e in read(file).file
                    if e.msgstr and not e.fuzzy and not e.msgid_plural
                ]
            except (OSError, SanwenError):
                rows, stamp = [], ""
            self._db.execute("BEGIN")
            self._db.execute("DELETE FROM approved WHERE path = ?", (name,))
            self._db.executemany("INSERT INTO approved VALUES (?, ?, ?, ?, ?)", rows)
            self._db.execute("INSERT OR REPLACE INTO file VALUES (?, ?)", (name, stamp))
            self._db.execute("COMMIT")
        for name in known.keys() - seen if seen else ():
            self._db.execute("DELETE FROM approved WHERE path = ?", (name,))
            self._db.execute("DELETE FROM file WHERE path = ?", (name,))

    def exact(self, source: str, context: str) -> Recalled | None:
        """The approved target of just this source: of the same context first, then the most frequent one."""
        rows = self._db.execute(
            "SELECT context, target, path FROM approved WHERE locale = ? AND source = ? ORDER BY path",
            (self._locale, source),
        ).fetchall()
        if not rows:
            return None
        rows = [r for r in rows if r[0] == context] or rows
        target = Counter(r[1] for r in rows).most_common(1)[0][0]
        path = next(r[2] for r in rows if r[1] == target)
        return Recalled(source, target, _name(path))

    def fuzzy(self, source: str, floor: float) -> Recalled | None:
        """The approved entry whose source is most like this one, if it reaches `floor` (0 to 1) and is not the same."""
        if self._index is None:
            rows = self._db.execute(
                "SELECT DISTINCT source, target, path FROM approved WHERE locale = ? ORDER BY path", (self._locale,)
            ).fetchall()
            self._index = (rows, Index([r[0] for r in rows]))
        rows, index = self._index
        best = index.best(source, floor) if rows else None
        if best is None or rows[best[0]][0] == source:
            return None
        text, target, path = rows[best[0]]
        return Recalled(text, target, _name(path), best[1])


def _name(path: str) -> str:
    return Path(path.partition(":")[2]).stem
