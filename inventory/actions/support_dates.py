"""Newer tables of support dates: loaded from a file, in force from a day on, never changing a past day's verdict."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db import transaction

from inventory.marks.support_table import (
    Release,
    SupportVersion,
    Systems,
    by_key,
    read_support_file,
    version_on,
)
from inventory.models import SupportDate, SupportTable
from itops.database.actor import acting
from itops.database.statements import Row, kept_rows

LATEST = """
    SELECT t.starts, t.source, d.family, d.key, d.name, d.cycle, d.earliest_end, d.latest_end
    FROM inventory_supporttable t JOIN inventory_supportdate d ON d.table_id = t.id
    WHERE t.starts = (SELECT max(starts) FROM inventory_supporttable WHERE starts <= %(day)s::date)
    ORDER BY d.id
"""


class BeginsInThePast(ValueError):
    """A table would change what was said of days gone by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """The table's day and how it differs from what would hold without it; `stored` is false when it does not."""

    starts: date
    stored: bool
    releases: int
    added: int
    changed: int
    removed: int


def load_support_dates(content: bytes, *, by: str, source: str, starts: date, today: date) -> Loaded:
    """Store a whole table that holds from `starts` on; SupportFileError lists what is wrong with the file.

    A table that has not begun before today may be replaced by another one for the same day.
    """
    releases = read_support_file(content)
    if starts < today:
        raise BeginsInThePast(starts.isoformat())
    with acting(by), transaction.atomic():
        before = {(one.family, one.key): one for one in support_on(starts).releases}
        after = {(one.family, one.key): one for one in releases}
        if before != after:
            SupportTable.objects.filter(starts=starts).delete()
            _store(releases, by=by, source=source, starts=starts)
    return Loaded(
        starts=starts,
        stored=before != after,
        releases=len(releases),
        added=len(after.keys() - before.keys()),
        changed=sum(before[key] != after[key] for key in after.keys() & before.keys()),
        removed=len(before.keys() - after.keys()),
    )


def support_on(day: date) -> SupportVersion:
    """The table in force on a day: the program's own, or a later one that people loaded."""
    loaded = kept_rows(LATEST, {"day": day})
    return version_on(
        day, (_version(starts, source, found) for (starts, source), found in groupby(loaded, _head))
    )


def systems_on(day: date) -> Systems:
    """As the rules take it."""
    return by_key(support_on(day).releases)


def _head(row: Row) -> tuple[date, str]:
    return row[0], row[1]


def _version(starts: date, source: str, found: Iterable[Row]) -> SupportVersion:
    return SupportVersion(starts=starts, source=source, releases=tuple(_release(*row[2:]) for row in found))


def _release(
    family: str, key: str, name: str, cycle: str, earliest_end: date | None, latest_end: date | None
) -> Release:
    return Release(
        family=family, key=key, name=name, cycle=cycle, earliest_end=earliest_end, latest_end=latest_end
    )


def _store(releases: Iterable[Release], *, by: str, source: str, starts: date) -> None:
    listed = tuple(releases)
    table = SupportTable.objects.create(
        starts=starts, source=source, author=by, sha256=hashlib.sha256(repr(listed).encode()).hexdigest()
    )
    SupportDate.objects.bulk_create(
        SupportDate(
            table=table,
            family=one.family,
            key=one.key,
            name=one.name,
            cycle=one.cycle,
            earliest_end=one.earliest_end,
            latest_end=one.latest_end,
        )
        for one in listed
    )
