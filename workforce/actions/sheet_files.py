"""Attendance lists out of files: a table with names and, where they differ, hours."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from itops.exchange.reading.faults import Unreadable
from itops.exchange.reading.sheets import Found, meant, read
from itops.exchange.said import of_file
from itops.organisation.models import Person
from workforce.actions.attendance import Line
from workforce.models import TrainingSession

HEADINGS = {
    "姓名": "name", "name": "name", "学员": "name",
    "学时": "hours", "hours": "hours",
    "签到": "present", "present": "present", "是否到场": "present",
}  # fmt: skip
SMALLER_THAN = 1000
ABSENT = frozenset(("否", "缺", "缺席", "未到", "请假", "no", "absent", "×", "x"))


def lines_of_file(session: TrainingSession, data: bytes) -> list[Line]:
    """Who signed in, for how long; every row that cannot be taken is told at once (ValidationError)."""
    found = readable(data, HEADINGS)
    if "name" not in found.heading.columns:
        raise ValidationError(_("The table needs a column with the names (姓名)."), code="heading")
    enrolled = _by_name(session)
    lines: list[Line] = []
    refused: list[ValidationError] = []
    for row, cells in found.rows:
        try:
            lines += _line(cell_reader(found, cells), enrolled, session)
        except ValidationError as error:
            refused += [row_error(row, sentence) for sentence in error.messages]
    if refused:
        raise ValidationError(refused)
    return lines


def readable(data: bytes, headings: Mapping[str, str]) -> Found:
    """The table in a CSV or spreadsheet; ValidationError says why there is none."""
    try:
        return meant(read(data), lambda cell: headings.get(cell.strip().casefold()))
    except Unreadable as unreadable:
        problem = of_file(unreadable)
        raise ValidationError(f"{problem.reason} {problem.right}".strip(), code="unreadable") from unreadable


def cell_reader(found: Found, cells: Sequence[str]) -> Mapping[str, str]:
    """What a row says, by the meaning of its columns."""
    return {name: cells[at].strip() if at < len(cells) else "" for name, at in found.heading.columns.items()}


def row_error(row: int, sentence: str) -> ValidationError:
    return ValidationError(_("Row %(row)d: %(reason)s") % {"row": row, "reason": sentence}, code="row")


def hours_of(text: str) -> Decimal:
    """Hours with at most one decimal; ValidationError for anything else."""
    try:
        hours = decimal_of(text)
    except ValidationError:
        hours = Decimal(0)
    if hours <= 0:
        raise ValidationError(
            _("“%(text)s” is no number of hours with at most one decimal.") % {"text": text[:20]}
        )
    return hours


def decimal_of(text: str) -> Decimal:
    """A number below a thousand with at most one decimal; ValidationError for anything else."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) >= SMALLER_THAN or number != round(number, 1):
        raise ValidationError(text[:20], code="number")
    return round(number, 1)


def _line(
    said: Mapping[str, str], enrolled: Mapping[str, Sequence[Person]], session: TrainingSession
) -> Iterator[Line]:
    if said.get("present", "").casefold() in ABSENT:
        return
    people = enrolled.get(said["name"], ())
    if len(people) != 1:
        reason = (
            _("nobody called “%(name)s” is enrolled") if not people else _("several are called “%(name)s”")
        )
        raise ValidationError(reason % {"name": said["name"][:40]})
    hours = hours_of(said["hours"]) if said.get("hours") else session.hours
    yield Line(person=people[0], hours=hours)


def _by_name(session: TrainingSession) -> dict[str, list[Person]]:
    found: dict[str, list[Person]] = {}
    for one in session.enrolments.select_related("person__office"):
        found.setdefault(one.person.name, []).append(one.person)
    return found
