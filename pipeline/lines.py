"""Lines through the pipeline for pipes: one segment a line in, one line out, in order, each as soon as it is done."""

from __future__ import annotations

import queue
import re
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from pipeline.desk import Desk
from pipeline.job import Job
from pipeline.model import Kind, Locale, Unit
from pipeline.po.catalog import Catalog
from pipeline.run import through
from pipeline.text.segment import segment

_AT_ONCE = 512  # lines that are worked on together where they come fast enough

# What stands before the words of a heading or a list item, and stays as it is.
_LEAD = re.compile(r"\s*(?:(?:#{1,6}|[-*+•·–—>])[ \t]+)*")

# Between sentences of one line: where neither side is Han, a space stays.
_HAN = re.compile(r"[⺀-鿿豈-﫿＀-￯、-〿‘’“”…—]")


def stream(source: BinaryIO, work: Callable[[Sequence[str]], Iterable[str]]) -> int:
    """Write `work`'s line for every line of `source` to standard output; how many lines were not UTF-8.

    Lines are read ahead by a thread, so that slow input is answered line by line and fast input in batches. Bytes that
    are not UTF-8 become U+FFFD, and the line is named on standard error: a pipe that stops would lose the rest.
    """
    lines: queue.Queue[bytes | None] = queue.Queue(maxsize=4 * _AT_ONCE)

    def read() -> None:
        for line in source:
            lines.put(line)
        lines.put(None)

    threading.Thread(target=read, daemon=True).start()
    number = broken = 0
    more = True
    while more:
        batch = [lines.get()]
        while len(batch) < _AT_ONCE and batch[-1] is not None:
            try:
                batch.append(lines.get_nowait())
            except queue.Empty:
                break
        if batch[-1] is None:
            more, batch = False, batch[:-1]
        texts = []
        for raw in batch:
            number += 1
            text = (raw or b"").rstrip(b"\r\n").removeprefix(b"\xef\xbb\xbf" if number == 1 else b"")
            try:
                texts.append(text.decode("utf-8"))
            except UnicodeDecodeError:
                broken += 1
                sys.stderr.write(f"sanwen: line {number} is not UTF-8; what could not be read became U+FFFD\n")
                texts.append(text.decode("utf-8", "replace"))
        for done in work(texts):
            sys.stdout.write(" ".join(done.split("\n")) + "\n")
        sys.stdout.flush()
    return broken


@dataclass(frozen=True, slots=True)
class LineTranslator:
    """Translates lines of English to one locale by the stages of a run, without memory and PO files."""

    desk: Desk
    locale: Locale
    cached: bool = True

    def __call__(self, lines: Sequence[str]) -> Iterator[str]:
        """One line for each; sentences of a line are translated one by one and joined as the locale writes."""
        leads: list[str] = []
        units: list[Unit] = []
        for number, line in enumerate(lines):
            lead = _LEAD.match(line)
            start = lead.end() if lead else 0
            leads.append(line[:start])
            text = line[start:].rstrip()
            kind = Kind.HEADING if leads[-1].lstrip().startswith("#") else Kind.SENTENCE
            units += [
                Unit(" ".join(text[a:b].split()), text[a:b], kind, line=number, paragraph=number)
                for a, b in segment(text, wrapped=True)
            ]
        done = self._through(units) if units else []
        texts: list[list[str]] = [[] for _ in lines]
        for unit in done:
            texts[unit.line].append(unit.target)
        for before, parts in zip(leads, texts, strict=True):
            yield before + _join(parts) if parts else ""

    def _through(self, units: Sequence[Unit]) -> list[Unit]:
        done: dict[str, list[Unit]] = {}
        for locale in self.desk.order([self.locale.code]):
            stages = tuple(s for s in locale.stages if s not in {"recall", "check"})
            job = Job(
                article="",
                locale=replace(locale, stages=stages),
                config=self.desk.workspace.config,
                catalog=Catalog(Path()),
                terms=self.desk.terms(),
                memory=None,
                cache=self.desk.cache() if self.cached else None,
                engine=self.desk.engine,
                converter=lambda locale=locale: self.desk.converter(locale),  # type: ignore[misc]
                base=done.get(locale.base, ()),
            )
            done[locale.code] = through(units, job)
        return done[self.locale.code]


def _join(parts: Sequence[str]) -> str:
    text = ""
    for part in parts:
        gap = text and part and not (_HAN.match(text[-1]) or _HAN.match(part[0]))
        text += (" " if gap else "") + part
    return text
