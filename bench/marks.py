"""How long it takes to judge a million assets again from ninety days of evidence, and to take in one more day.

Part of `make bench-planning`; `python -m bench.marks --assets 100000` takes fewer. The days lie in blocks and one
marking has been, which remembers of each asset what it was judged by besides its days; then all are judged again from
ninety days of evidence (`marks.s_1m`), of which the signs are kept, and for the next day a day's evidence is written
and what it changes is marked (`marks.s_day`). The first marking, which gathers everything that is known of each asset,
is said beside it. The marking works on one core, in a process that has not made the data: its memory is the most that
it ever needed.
"""

import resource
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable
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

DAYS = 90
FILLED = ("inventory_asset", "inventory_endpoint", "inventory_binding", "inventory_fact")


def main() -> int:
    wanted = ArgumentParser(prog="bench.marks")
    wanted.add_argument("--assets", type=int, default=sized(1_000_000, 600))
    assets: int = wanted.parse_args().assets
    with own_django.empty_database():
        report(measure(assets, timezone.localdate()))
    return 0


def measure(assets: int, today: date) -> list[Figure]:
    with ProcessPoolExecutor(1, get_context("spawn")) as another:
        _say("filled", another.submit(prepare, assets, today).result)
    own_django.tidy_up()
    with on_core(two_cores()[0]):
        _say("marked for the first time", lambda: _mark(assets, today))
        own_django.tidy_up()
        again = _say("marked again", lambda: _mark(assets, today))
        megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        day = _take_in(assets, today + timedelta(days=1))
    return [
        Figure("marks.s_1m", again, "s", 20, "lower"),
        Figure("marks.mb_1m", megabytes, "MB", 512, "lower"),
        Figure("marks.s_day", day, "s", 5, "lower"),
    ]


def prepare(assets: int, today: date) -> None:
    """The assets, and all days up to today."""
    with own_django.without_triggers(*FILLED):
        build(assets)
    habits = Habits(assets, today)
    for back in range(DAYS):
        day = today - timedelta(days=back)
        write_blocks(day, habits.day(day))


def _mark(assets: int, day: date) -> None:
    marked = mark(day)
    if marked.assets != assets:
        raise SystemExit(f"Of {assets} assets {marked.assets} were judged.")


def _take_in(assets: int, day: date) -> float:
    """Seconds for a day's evidence, which is there when the clock starts, and for its marks."""
    evidence = list(Habits(assets, day - timedelta(days=1)).day(day))

    def work() -> None:
        write_blocks(day, evidence)
        _mark(assets, day)

    return _say("took a day in", work)


def _say(what: str, work: Callable[[], object]) -> float:
    """Seconds, said beside those of this process alone."""
    begin = time.process_time()
    took = seconds(work)
    sys.stderr.write(f"{what}: {took:,.1f} s, {time.process_time() - begin:,.1f} s of them here\n")
    return took


if __name__ == "__main__":
    sys.exit(main())
