"""Partitions of the tables that grow by the day; made before the first row of a day needs them."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.conf import settings
from django.db import connection

_known: set[tuple[str, date]] = set()


def ensure_days(days: Iterable[date]) -> None:
    """Make sure that readings and evidence of these local days have a partition; cheap when they have."""
    database = str(connection.settings_dict["NAME"])
    for day in sorted(day for day in set(days) if (database, day) not in _known):
        with connection.cursor() as cursor:
            cursor.execute("SELECT itops_ensure_day(%s, %s)", [day, settings.TIME_ZONE])
        if not connection.in_atomic_block:  # within a transaction it may still be rolled back
            _known.add((database, day))


def ensure_coming_days(today: date, ahead: int = 3) -> None:
    ensure_days(today + timedelta(days=n) for n in range(-1, ahead + 1))
