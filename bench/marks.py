"""How long it takes to judge a million assets again from ninety days of evidence, and to take in one more day.

Part of `make bench-planning`. The days lie in blocks and one marking has been; then all is judged again
(`marks.s_1m`), and for the next day a day's evidence is written and what it changes is marked (`marks.s_day`). The
marking works on one core, in a process that has not made the data: its memory is the most that it ever needed.
"""

import resource
import sys
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from multiprocessing import get_context

from django.utils import timezone

from bench import own_django
from bench.ground import on_core, seconds, sized, two_cores
from bench.marks_county import Habits, build
from bench.report import Figure, report
from inventory.actions.marking import mark
from inventory.actions.packing import write_blocks

ASSETS, DAYS = sized(1_000_000, 600), 90


def main() -> int:
    with own_django.empty_database():
        report(measure(timezone.localdate()))
    return 0


def measure(today: date) -> list[Figure]:
    with ProcessPoolExecutor(1, get_context("spawn")) as another:
        another.submit(prepare, today).result()
    own_django.know_the_tables()
    with on_core(two_cores()[0]):
        _mark(today)
        again = seconds(lambda: _mark(today))
        megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        day = _take_in(today + timedelta(days=1))
    return [
        Figure("marks.s_1m", again, "s", 20, "lower"),
        Figure("marks.mb_1m", megabytes, "MB", 512, "lower"),
        Figure("marks.s_day", day, "s", 5, "lower"),
    ]


def prepare(today: date) -> None:
    """The assets, and all days up to today."""
    build(ASSETS)
    habits = Habits(ASSETS, today)
    for back in range(DAYS):
        day = today - timedelta(days=back)
        write_blocks(day, habits.day(day))


def _mark(day: date) -> None:
    marked = mark(day)
    if marked.assets != ASSETS:
        raise SystemExit(f"Of {ASSETS} assets {marked.assets} were judged.")


def _take_in(day: date) -> float:
    """Seconds for a day's evidence, which is there when the clock starts, and for its marks."""
    evidence = list(Habits(ASSETS, day - timedelta(days=1)).day(day))

    def work() -> None:
        write_blocks(day, evidence)
        _mark(day)

    return seconds(work)


if __name__ == "__main__":
    sys.exit(main())
