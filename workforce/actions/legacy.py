"""Paper records from before the log: one dated import, sealed by the file's hash, marked unverified, never counted."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from itops.database.actor import acting
from itops.files.actions import keep_file
from itops.organisation.models import Person, Place, User
from itops.organisation.scope import visible
from workforce.actions import log
from workforce.actions.attendance import tenths
from workforce.actions.sheet_files import cell_reader, hours_of, readable, row_error
from workforce.ledger.kinds import Kind
from workforce.models import LegacyTraining

HEADINGS = {
    "姓名": "name", "name": "name",
    "单位": "office", "乡镇": "office", "office": "office",
    "日期": "day", "培训日期": "day", "day": "day",
    "内容": "title", "培训内容": "title", "what was taught": "title",
    "学时": "hours", "hours": "hours",
    "主办单位": "provider", "provider": "provider",
}  # fmt: skip
NEEDED = {"name": "姓名", "day": "日期", "title": "内容", "hours": "学时"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Old:
    """One row of the paper record."""

    row: int
    person: Person
    day: date
    title: str
    hours: Decimal
    provider: str


def take_in(upload: UploadedFile, *, by: User, place: Place) -> list[LegacyTraining]:
    """All rows or none; what is wrong with which row is told at once (ValidationError)."""
    upload.seek(0)
    old = list(_rows(upload.read(), by))
    with acting(by.actor), transaction.atomic():
        file = keep_file(by=by, upload=upload)
        if LegacyTraining.objects.filter(sha256=file.sha256).exists():
            raise ValidationError(_("This file was taken in already."), code="twice")
        entry = log.append(
            kind=Kind.LEGACY_IMPORT,
            body={
                "rows": len(old),
                "hours_tenths": tenths(sum((one.hours for one in old), Decimal(0))),
                "first": min(one.day for one in old).isoformat(),
                "last": max(one.day for one in old).isoformat(),
                "verified": False,
            },
            by=by.actor,
            place=place,
            files=[file],
        )
        return LegacyTraining.objects.bulk_create(
            LegacyTraining(
                person=one.person,
                day=one.day,
                title=one.title,
                hours=one.hours,
                provider=one.provider,
                sha256=file.sha256,
                row=one.row,
                entry=entry.seq,
            )
            for one in old
        )


def _rows(data: bytes, by: User) -> Iterator[Old]:
    found = readable(data, HEADINGS)
    missing = [word for name, word in NEEDED.items() if name not in found.heading.columns]
    if missing or not found.rows:
        raise ValidationError(
            _("The table needs rows and the columns %(columns)s.") % {"columns": "、".join(NEEDED.values())},
            code="heading",
        )
    people, refused, taken = _people(by), [], []
    for row, cells in found.rows:
        try:
            taken.append(_old(row, cell_reader(found, cells), people))
        except ValidationError as error:
            refused += [row_error(row, sentence) for sentence in error.messages]
    if refused:
        raise ValidationError(refused)
    yield from taken


def _old(row: int, said: Mapping[str, str], people: Mapping[str, Sequence[Person]]) -> Old:
    day = _day(said["day"])
    if day is None:
        raise ValidationError(_("“%(text)s” is no day such as 2024-05-31.") % {"text": said["day"][:20]})
    if day > timezone.localdate():
        raise ValidationError(_("%(day)s is still to come.") % {"day": day})
    if not said["title"]:
        raise ValidationError(_("It is not said what was taught."))
    return Old(
        row=row,
        person=_person(said, people),
        day=day,
        title=said["title"][:120],
        hours=hours_of(said["hours"]),
        provider=said.get("provider", "")[:80],
    )


def _day(text: str) -> date | None:
    try:
        return parse_date(text.replace("/", "-").replace(".", "-").partition(" ")[0])
    except ValueError:
        return None


def _person(said: Mapping[str, str], people: Mapping[str, Sequence[Person]]) -> Person:
    """By name, and by office or place where several bear it."""
    named, office = people.get(said["name"], ()), said.get("office", "")
    if office:
        named = [one for one in named if office in one.office.name or office in one.office.place.name]
    if len(named) != 1:
        reason = _("nobody is called “%(name)s”") if not named else _("several are called “%(name)s”")
        raise ValidationError(reason % {"name": said["name"][:40]})
    return named[0]


def _people(by: User) -> dict[str, list[Person]]:
    """Also those who have left: paper is about the past."""
    found: dict[str, list[Person]] = {}
    permission = "workforce.add_legacytraining"
    for person in visible(Person.objects.all(), by, permission, "office__place").select_related(
        "office__place"
    ):
        found.setdefault(person.name, []).append(person)
    return found
