"""What an engine said before: its output by the hash of everything that it depends on. Deleting it is always safe."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline.store import connect

_SCHEMA = "CREATE TABLE IF NOT EXISTS output (key BLOB PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID"


class Cache:
    """Values by keys; keys are made from strings by `key_of`."""

    def __init__(self, folder: Path) -> None:
        """Open (or make) the cache in the workspace's state folder."""
        self._db = connect(folder / "cache.sqlite", _SCHEMA)

    @staticmethod
    def key_of(*parts: str) -> bytes:
        """A key that differs whenever any part does."""
        state = hashlib.sha256()
        for part in parts:
            data = part.encode("utf-8", "surrogatepass")
            state.update(len(data).to_bytes(8, "big"))
            state.update(data)
        return state.digest()

    def get(self, keys: Sequence[bytes]) -> dict[bytes, str]:
        """The values that are there."""
        found: dict[bytes, str] = {}
        try:
            for start in range(0, len(keys), 500):
                part = keys[start : start + 500]
                marks = ",".join("?" * len(part))
                found.update(self._db.execute(f"SELECT key, value FROM output WHERE key IN ({marks})", part))  # noqa: S608  only question marks are put in
        except sqlite3.Error:
            return {}  # a cache that cannot be read has nothing
        return found

    def put(self, items: Iterable[tuple[bytes, str]]) -> None:
        """Remember; a failure (a full disk, a lock held for long) costs only time later."""
        try:
            self._db.execute("BEGIN")
            self._db.executemany("INSERT OR REPLACE INTO output VALUES (?, ?)", items)
            self._db.execute("COMMIT")
        except sqlite3.Error:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
