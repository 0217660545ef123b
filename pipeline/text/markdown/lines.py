"""The lines of a text as the blocks of one container see them: what mistletoe calls a FileWrapper, but a view.

mistletoe copies the lines of a container, and by then they are without places, and lines that only go on a paragraph
(lazy ones) look like all others. Here each container looks through the one around it, line by line.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from mistletoe.block_tokenizer import ParseBuffer

_NESTING = 100  # blocks within blocks; deeper ones are no article, and have no tokens
_INDENT = re.compile(r"[ \t]*")
_TAB = 4

Definitions = dict[str, tuple[str, str]]  # address and title of links, by their label


@dataclass(frozen=True, slots=True)
class Line:
    """A line as a container sees it: its text, with tabs at its beginning as spaces, and the column where it begins.

    A lazy line lacks the markers of the containers around it: nothing but the end of a paragraph may stand there.
    """

    text: str
    column: int = 0
    lazy: bool = False

    @property
    def blank(self) -> bool:
        """Whether there is nothing but white space."""
        return not self.text.strip(" \t\n")


def expanded(text: str, column: int) -> str:
    """The text with the tabs at its beginning as spaces; `column` is where it stands in its line."""
    end = _INDENT.match(text).end()  # type: ignore[union-attr]  # it matches everywhere
    if "\t" not in text[:end]:
        return text
    place = column
    for char in text[:end]:
        place += _TAB - place % _TAB if char == "\t" else 1
    return " " * (place - column) + text[end:]


class Lines:
    """The lines of a whole text, each ending in a line feed, and the place of the last one read.

    `types` are the block tokens that are looked for, in this order.
    """

    depth = 0
    index = -1

    def __init__(self, texts: Sequence[str], types: Sequence[Any], definitions: Definitions) -> None:
        self.texts = texts
        self.types = types
        self.definitions = definitions
        self.interrupting = [each for each in types if hasattr(each, "check_interrupts_paragraph")]

    def at(self, index: int) -> Line | None:
        """The line of a number, counted from 0 in the whole text; None after the container's end."""
        return Line(expanded(self.texts[index], 0)) if index < len(self.texts) else None

    def next(self) -> Line | None:
        """The next line, which is not read by this."""
        return self.at(self.index + 1)

    def peek(self) -> str | None:
        """The text of the next line, which is not read by this."""
        line = self.next()
        return None if line is None else line.text

    def __next__(self) -> str:
        line = self.next()
        if line is None:
            raise StopIteration
        self.index += 1
        return line.text

    def __iter__(self) -> Iterator[str]:
        """Read to the container's end, or to a lazy line: only a paragraph may hold one, and reads on by itself."""
        while (line := self.next()) is not None and not line.lazy:
            self.index += 1
            yield line.text

    def backstep(self) -> None:
        """Unread a line."""
        self.index -= 1

    def interrupted(self) -> bool:
        """Whether the next line begins a block that can end a paragraph."""
        return any(each.check_interrupts_paragraph(self) for each in self.interrupting)

    def blocks(self) -> Any:
        """Read all blocks of the container, as mistletoe's `tokenize_block`, which stands on lists of lines."""
        buffer = ParseBuffer()
        while (line := self.next()) is not None:
            if line.blank or (self.depth > _NESTING and not line.lazy):
                self.index += 1
            elif line.lazy:
                break
            else:
                before = self.at(self.index) if buffer else None
                buffer.loose |= before is not None and before.blank
                self._block(line.text, buffer)
        return buffer

    def _block(self, text: str, buffer: Any) -> None:
        number = self.index + 2  # as mistletoe counts: from 1, the line that comes
        for each in self.types:
            if each.start(text):
                result = each.read(self)
                if result is not None:
                    buffer.append((each, result, number))
                    return


class View(Lines, ABC):
    """The lines of a container within another; `first` is the number of its first line."""

    def __init__(self, parent: Lines, first: int) -> None:
        self.parent = parent
        self.first = first
        self.types = parent.types
        self.interrupting = parent.interrupting
        self.definitions = parent.definitions
        self.depth = parent.depth + 1
        self._kept: tuple[int, Line | None] = (-1, None)

    @property
    def index(self) -> int:
        """The number of the last line read."""
        return self.parent.index

    @index.setter
    def index(self, index: int) -> None:
        self.parent.index = index

    def at(self, index: int) -> Line | None:
        """The line without the markers of this container; asked for again and again, so the last one is kept."""
        if self._kept[0] != index:
            line = self.parent.at(index)
            self._kept = (index, line if line is None or line.lazy else self.stripped(line, index))
        return self._kept[1]

    @abstractmethod
    def stripped(self, line: Line, index: int) -> Line | None:
        """The line without the container's marker; lazy if it has none, None where the container has ended."""
