"""Workers that die do not take the batch with them."""

from __future__ import annotations

import os
import signal

from pipeline import pool


def make_careful():
    return lambda item: item * item


def work(item):
    if item == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    if item == 5:
        os._exit(7)
    return item * item


def make_fragile():
    return work


def test_one_process_answers_in_order():
    assert list(pool.run([1, 2, 3], make_careful, 1)) == [(1, 1), (2, 4), (3, 9)]


def test_every_item_is_answered_though_workers_die():
    answers = dict(pool.run(range(1, 9), make_fragile, 2))
    assert answers.pop(3) == pool.Died(-signal.SIGKILL)
    assert answers.pop(5) == pool.Died(7)
    assert answers == {n: n * n for n in (1, 2, 4, 6, 7, 8)}


def test_no_items_no_processes():
    assert list(pool.run([], make_fragile, 2)) == []
