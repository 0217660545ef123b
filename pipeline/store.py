"""SQLite files under `.sanwen/`: fast, safe for several processes, and never the only place where anything is.

A damaged file is thrown away and made anew; where nothing can be written, the store lives in memory for this run.
"""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path


def connect(file: Path, schema: str) -> sqlite3.Connection:
    """An open database at `file` with `schema` (CREATE ... IF NOT EXISTS statements) in place."""
    for attempt in range(2):
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            ignore = file.parent / ".gitignore"
            if not ignore.exists():
                ignore.write_text("*\n", encoding="utf-8")
            db = sqlite3.connect(file, timeout=30, isolation_level=None)
            db.execute("PRAGMA journal_mode=WAL")
            db.execute("PRAGMA synchronous=NORMAL")
            db.executescript(schema)
            db.execute("PRAGMA quick_check(1)")
        except sqlite3.DatabaseError as problem:
            if attempt or isinstance(problem, sqlite3.OperationalError):
                break
            for name in (file, file.with_name(file.name + "-wal"), file.with_name(file.name + "-shm")):
                with contextlib.suppress(OSError):
                    name.unlink()
        except OSError:
            break
        else:
            return db
    return in_memory(schema)


def in_memory(schema: str) -> sqlite3.Connection:
    """A database that ends with the process."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    db.executescript(schema)
    return db
