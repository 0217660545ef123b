"""What import and export share: the formats."""

from __future__ import annotations

from types import ModuleType

from pipeline.errors import SanwenError
from pipeline.glossary import exchange


def format_of(name: str, path: str, data: bytes = b"") -> ModuleType:
    """The format that the user named, or the only one whose files end like `path` (and look like `data`).

    Raises SanwenError where that leaves a choice.
    """
    if name:
        return exchange.load(name)
    fits = exchange.guess(path, data)
    if len(fits) == 1:
        return exchange.load(fits[0])
    known = ", ".join(fits or exchange.names())
    raise SanwenError("the format is not clear from the name", file=path, remedy=f"Give --format, one of: {known}")
