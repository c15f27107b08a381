"""Until when makers support operating systems: the table in force on a day, and where it comes from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from inventory.actions.support_dates import support_on
from inventory.marks.support_table import COLUMNS, Release, shipped
from inventory.models import SupportTable
from inventory.pages.days import asked_day
from itops.crud.csv_out import csv_response
from itops.organisation.scope import granted_paths, signed_in

VIEW = "inventory.view_supporttable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One release under all its keys. `state`: supported, ended, between (the editions' ends) or unknown."""

    release: Release
    keys: Sequence[str]
    state: str


def page(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    day = asked_day(request)
    version = support_on(day)
    rows = list(_rows(version.releases, day))
    context = {
        "day": day,
        "today": timezone.localdate(),
        "version": version,
        "rows": rows,
        "ended": sum(row.state == "ended" for row in rows),
        "unknown": sum(row.state in ("between", "unknown") for row in rows),
        "tables": SupportTable.objects.all() if granted_paths(user, VIEW) else SupportTable.objects.none(),
        "shipped": shipped(),
    }
    return render(request, "inventory/support_dates.html", context)


def export(request: HttpRequest) -> HttpResponseBase:
    """The table in force, in the form in which `update_support_dates` takes a newer one."""
    day = asked_day(request)
    version = support_on(day)
    return csv_response(
        f"support-dates-{version.starts}.csv", COLUMNS, map(_cells, _rows(version.releases, day))
    )


def _cells(row: Row) -> Sequence[str]:
    one = row.release
    ends = (one.earliest_end, one.latest_end)
    return [
        one.family,
        " ".join(row.keys),
        one.name,
        one.cycle,
        *(end.isoformat() if end else "" for end in ends),
    ]


def _rows(releases: Sequence[Release], day: date) -> Iterator[Row]:
    """Keys of one release (all else the same) stand together, in the order of the table."""
    keys: dict[tuple[object, ...], list[Release]] = {}
    for one in releases:
        keys.setdefault((one.family, one.name, one.cycle, one.earliest_end, one.latest_end), []).append(one)
    for same in keys.values():
        yield Row(release=same[0], keys=[one.key for one in same], state=_state(same[0], day))


def _state(one: Release, day: date) -> str:
    """As the rules answer: an end's own day is still supported."""
    if one.latest_end is not None and one.latest_end < day:
        return "ended"
    if one.earliest_end is not None and day <= one.earliest_end:
        return "supported"
    return "unknown" if one.latest_end is None and one.earliest_end is None else "between"
