"""Worker processes that may die: what one was doing is reported, another takes its place, nothing else is lost.

`ProcessPoolExecutor` gives up everything when one worker dies and `multiprocessing.Pool` waits for ever; so each worker
here has a pipe of its own, and the parent waits for answers and for deaths alike.
"""

from __future__ import annotations

import contextlib
import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar

Item = TypeVar("Item")
Answer = TypeVar("Answer")
Worker = Callable[[Item], Answer]


@dataclass(frozen=True, slots=True)
class Died:
    """The worker that had this item ended without an answer. `code`: its exit status, negative for a signal."""

    code: int | None


@dataclass(slots=True)
class _Seat(Generic[Item]):
    process: BaseProcess
    pipe: Connection
    item: Item


def _serve(pipe: Connection, make: Callable[[], Worker[Item, Answer]]) -> None:
    """A worker's life: make the tool once, then answer item by item until the pipe closes."""
    work = make()
    with contextlib.suppress(EOFError, KeyboardInterrupt, BrokenPipeError):
        while True:
            pipe.send(work(pipe.recv()))


def run(
    items: Iterable[Item], make: Callable[[], Worker[Item, Answer]], jobs: int
) -> Iterator[tuple[Item, Answer | Died]]:
    """Answers as they come, for each item one, from `jobs` processes; in this process when `jobs` is 1.

    `make` is called once in each worker and gives the function that answers; both must be picklable.
    """
    if jobs <= 1:
        work = make()
        for item in items:
            yield item, work(item)
        return
    table = _Table(deque(items), make)
    try:
        for _ in range(jobs):
            table.seat()
        while table.seats:
            yield from table.answers()
    finally:
        for place in table.seats:
            place.process.terminate()


class _Table(Generic[Item, Answer]):
    """The workers that have something to do, and what waits to be done."""

    def __init__(self, waiting: deque[Item], make: Callable[[], Worker[Item, Answer]]) -> None:
        self._waiting, self._make = waiting, make
        self._context = multiprocessing.get_context("spawn")
        self.seats: list[_Seat[Item]] = []

    def seat(self) -> None:
        """Start a worker, if there is work for it."""
        if self._waiting:
            ours, theirs = self._context.Pipe()
            process = self._context.Process(target=_serve, args=(theirs, self._make), daemon=True)
            process.start()
            theirs.close()
            place = _Seat(process, ours, self._waiting.popleft())
            self.seats.append(place)
            self._send(place)

    def answers(self) -> Iterator[tuple[Item, Answer | Died]]:
        """Wait for the next workers that answer or die; their items and answers. Others take their places."""
        ready = wait([place.pipe for place in self.seats])
        for place in [place for place in self.seats if place.pipe in ready]:
            had = place.item
            try:
                answer: Answer | Died = place.pipe.recv()
            except (EOFError, OSError):
                place.process.join()
                self._leave(place)
                self.seat()
                yield had, Died(place.process.exitcode)
                continue
            if self._waiting:
                place.item = self._waiting.popleft()
                self._send(place)
            else:
                self._leave(place)
            yield had, answer

    def _send(self, place: _Seat[Item]) -> None:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # it has died: the next wait says so
            place.pipe.send(place.item)

    def _leave(self, place: _Seat[Item]) -> None:
        place.pipe.close()
        self.seats.remove(place)
