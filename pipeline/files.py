"""Reading users' files with clear refusals, and writing them so that nothing is ever half written or lost."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from pipeline.errors import SanwenError
from pipeline.text import encoding

LIMIT = 50 * 1024 * 1024  # bytes; the longest policy reports are a tenth of this


def read_bytes(path: str | os.PathLike[str], *, limit: int = LIMIT) -> bytes:
    """Return the content of a file of 1 to `limit` bytes.

    Raises:
        SanwenError: the file is missing, a folder, no plain file, unreadable, empty or larger than `limit`.
    """
    try:
        # O_NONBLOCK: opening a named pipe must not wait for somebody to write to it.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with open(descriptor, "rb") as file:  # noqa: PTH123 (a descriptor, not a path)
            mode = os.fstat(descriptor).st_mode
            if stat.S_ISDIR(mode):
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            if not stat.S_ISREG(mode):
                raise SanwenError("not a plain file (a device, pipe or socket)", file=path)
            data = file.read(limit + 1)
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    if len(data) > limit:
        raise SanwenError(
            f"the file is larger than {limit / 2**20:.4g} MB",
            file=path,
            remedy="Split it, or raise the limit in sanwen.toml",
        )
    if not data:
        raise SanwenError("the file is empty", file=path)
    return data


def _unreadable(path: str | os.PathLike[str], error: OSError | ValueError) -> SanwenError:
    if isinstance(error, FileNotFoundError):
        return SanwenError("no such file: it is not there, or has just been removed", file=path)
    if isinstance(error, IsADirectoryError):
        return SanwenError("this is a folder, not a file", file=path)
    if isinstance(error, PermissionError):
        return SanwenError("no permission to read this file", file=path, remedy="Check its owner and mode (ls -l)")
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return SanwenError(f"cannot be read: {reason}", file=path)


def decode(data: bytes, path: str | os.PathLike[str]) -> tuple[str, str]:
    """Return a text file's text and the name of its encoding, "utf-8" or "utf-8-sig" (with a byte order mark).

    `text.encode(name)` gives the bytes back.

    Raises:
        SanwenError: the data are binary, or text in another encoding, which is named with the way to convert it.
    """
    problem = encoding.problem(data)
    if problem is not None:
        raise SanwenError(problem.message, file=path, place=problem.line, remedy=problem.remedy)
    name = "utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8"
    return data.decode(name), name


def write_atomic(path: str | os.PathLike[str], data: bytes) -> None:
    """Replace a file's content at once and durably: a reader sees the old or the new one, also after a power cut.

    The new content goes to a temporary file in the same folder, is synced to disk and renamed over the old one. The
    mode of an existing file is kept, and a symbolic link stays one: the file that it points to is replaced.

    Raises:
        SanwenError: nothing was changed, and the temporary file is gone.
    """
    target = Path(os.path.realpath(path))
    temporary: Path | None = None
    try:
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        place = target.with_name(f".{secrets.token_hex(8)}.sanwen.tmp")
        with place.open("xb") as file:
            temporary = place
            file.write(data)
            file.flush()
            with suppress(FileNotFoundError):
                place.chmod(stat.S_IMODE(target.stat().st_mode))
            os.fsync(file.fileno())
        place.replace(target)
        temporary = None
        _sync_folder(target.parent)
    except (OSError, ValueError) as error:
        raise _unwritable(path, error) from error
    finally:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink()


def _sync_folder(folder: Path) -> None:
    """Make the renaming durable. Some file systems cannot sync a folder: the content is safe there all the same."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _unwritable(path: str | os.PathLike[str], error: OSError | ValueError) -> SanwenError:
    if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return SanwenError(
            f"cannot be written: {os.strerror(error.errno)}; what was there before is untouched",
            file=path,
            remedy="Free some space and run again",
        )
    if isinstance(error, FileNotFoundError):
        return SanwenError("cannot be written: its folder does not exist", file=path)
    if isinstance(error, IsADirectoryError):
        return SanwenError("cannot be written: this is a folder", file=path)
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return SanwenError(f"cannot be written: {reason}", file=path)
