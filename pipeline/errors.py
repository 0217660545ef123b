"""The one exception that a user is meant to read: what is wrong, where, and what to do about it."""

from __future__ import annotations

from os import PathLike, fspath


class SanwenError(Exception):
    """A problem with an input, a setting or the machine; never a bug of ours.

    `file` and `place` (a line, a field, a column) say where, `remedy` what the reader can do. `str()` is one line.
    """

    def __init__(
        self,
        message: str,
        *,
        file: str | PathLike[str] | None = None,
        place: str | int | None = None,
        remedy: str | None = None,
    ) -> None:
        self.message = message
        self.file = None if file is None else fspath(file)
        self.place = place
        self.remedy = remedy
        super().__init__(message)

    def __reduce__(self) -> tuple[object, ...]:
        """Errors cross process borders; the default would lose the keyword arguments."""
        return (_restore, (self.message, self.file, self.place, self.remedy))

    def __str__(self) -> str:
        where = ":".join(str(x) for x in (self.file, self.place) if x is not None)
        text = f"{where}: {self.message}" if where else self.message
        text = f"{text}. {self.remedy}" if self.remedy else text
        return " ".join(text.split())


def _restore(message: str, file: str | None, place: str | int | None, remedy: str | None) -> SanwenError:
    return SanwenError(message, file=file, place=place, remedy=remedy)
