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
    item: Item | None = None


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
    waiting, context = deque(items), multiprocessing.get_context("spawn")
    seats: list[_Seat[Item]] = []

    def seat() -> _Seat[Item]:
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, make), daemon=True)
        process.start()
        theirs.close()
        return _Seat(process, ours)

    def give(to: _Seat[Item]) -> None:
        to.item = waiting.popleft() if waiting else None
        if to.item is None:
            to.pipe.close()
            seats.remove(to)
        else:
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # died meanwhile: seen by the wait below
                to.pipe.send(to.item)

    try:
        for _ in range(min(jobs, len(waiting))):
            seats.append(seat())
            give(seats[-1])
        while seats:
            ready = wait([s.pipe for s in seats])
            for place in [s for s in seats if s.pipe in ready]:
                item = place.item
                if item is None:
                    continue
                try:
                    answer: Answer | Died = place.pipe.recv()
                except (EOFError, ConnectionResetError, OSError):
                    place.process.join()
                    answer = Died(place.process.exitcode)
                    place.pipe.close()
                    seats.remove(place)
                    if waiting:
                        place = seat()  # noqa: PLW2901
                        seats.append(place)
                        give(place)
                else:
                    give(place)
                yield item, answer
    finally:
        for place in seats:
            place.process.terminate()
