"""The ground that benches stand on: their folder, their size, their cores, their rounds."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from itops.environment import folder, switch

ROOT = Path(__file__).resolve().parent.parent
BENCH = folder("BENCH_FOLDER", ROOT / "var" / "bench")
SMALL = switch("BENCH_SMALL")  # for tests: that it runs, not how fast
ROUNDS = 1 if SMALL else 5
TURNS = 300_000


class Absent(Exception):
    """Something that a figure needs is not on this machine; the message says what."""


def sized(usual: int, small: int) -> int:
    return small if SMALL else usual


def two_cores() -> tuple[int, int]:
    """One for the client, one for the agent; the same one where there are not two."""
    allowed = sorted(os.sched_getaffinity(0))
    return allowed[0], allowed[min(1, len(allowed) - 1)]


def pace() -> float:
    """Nanoseconds that a turn of a plain loop takes now: a virtual machine's speed may halve within minutes."""
    started, total = time.perf_counter(), 0
    for turn in range(TURNS):
        total += turn * turn
    return 1e9 * (time.perf_counter() - started) / TURNS


@contextmanager
def on_core(core: int) -> Iterator[None]:
    """This process works on that core alone."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def medians(*works: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """Seconds of each, in turn, so that a busy moment of the machine hits all alike."""
    times = [[seconds(work) for work in works] for _ in range(rounds)]
    return [median(column) for column in zip(*times, strict=True)]
