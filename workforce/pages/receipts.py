"""Receipts to print and take home: each names an entry of the log by its number and hash."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from itops.organisation.scope import signed_in
from workforce.models import Attendance, LogEntry
from workforce.pages.desk_files import qr
from workforce.pages.training_session import find, note_look


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """Somebody's hours, and the receipt of the last that the log says of them."""

    row: Attendance
    entry: LogEntry
    picture: str


def of_session(request: HttpRequest, pk: int) -> HttpResponse:
    session = find(signed_in(request), pk)
    rows = session.attendances.standing().select_related("person__office", "session__course")
    note_look(request, session)
    return _page(request, list(rows))


def mine(request: HttpRequest) -> HttpResponse:
    """Only ever one's own."""
    rows = Attendance.objects.filter(person=signed_in(request).person_id or 0, reversed_at=None)
    return _page(request, list(rows.select_related("person__office", "session__course")))


def _page(request: HttpRequest, rows: Sequence[Attendance]) -> HttpResponse:
    if not rows:
        raise Http404
    entries = LogEntry.objects.in_bulk([_last(row) for row in rows])
    slips = [_slip(row, entries[_last(row)]) for row in rows if _last(row) in entries]
    return render(request, "workforce/receipts.html", {"slips": slips, "session": rows[0].session})


def _last(row: Attendance) -> int:
    """A later entry vouches for all before it as well."""
    return max(row.entry, row.signed_entry or 0, row.approved_entry or 0)


def _slip(row: Attendance, entry: LogEntry) -> Slip:
    return Slip(row=row, entry=entry, picture=qr(entry.receipt))
