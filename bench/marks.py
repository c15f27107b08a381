"""How long it takes to judge a million assets again from ninety days of evidence, and to take in one more day.

Part of `make bench-planning`. The days before lie in blocks; the marking works on one core and the median of nothing
is taken: each run follows on the one before. Memory is what the process has needed at most.
"""

import os
import sys
from datetime import timedelta

from django.utils import timezone

from bench import own_django
from bench.ground import sized
from bench.marks_county import Habits, build
from bench.report import Figure, report
from inventory.actions.packing import write_blocks

ASSETS, DAYS = sized(1_000_000, 600), 90


def main() -> int:
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:1])
    with own_django.empty_database():
        report(measure())
    return 0


def measure() -> list[Figure]:
    today = timezone.localdate()
    build(ASSETS)
    habits = Habits(ASSETS, today)
    for back in range(DAYS, 0, -1):
        write_blocks(today - timedelta(days=back), habits.day(today - timedelta(days=back)))
    own_django.know_the_tables()
    return []


if __name__ == "__main__":
    sys.exit(main())
