"""How many authorised staff an office has from a day on; today's number stands on the office itself."""

from datetime import date

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from itops.database.actor import acting
from itops.database.statements import kept_rows, run
from itops.organisation.models import Office, OfficeStaff

BRING_UP = """
    UPDATE organisation_office o SET staff = held.staff
    FROM (SELECT DISTINCT ON (office_id) office_id, staff FROM organisation_officestaff
        WHERE starts <= %(day)s ORDER BY office_id, starts DESC) held
    WHERE held.office_id = o.id AND held.staff <> o.staff
"""
HELD = """
    SELECT DISTINCT ON (office_id) office_id, staff FROM organisation_officestaff
    ORDER BY office_id, starts > %(day)s::date, abs(starts - %(day)s::date)
"""


def record_staff(office: Office, *, by: str, staff: int, starts: date) -> OfficeStaff:
    """So many from that day until the next recorded one; a second number for a day corrects the first."""
    with acting(by), transaction.atomic():
        recorded, _ = OfficeStaff.objects.update_or_create(
            office=office, starts=starts, defaults={"staff": staff}
        )
        bring_staff_up_to_today()
    office.refresh_from_db(fields=["staff"])
    return recorded


def bring_staff_up_to(day: date) -> int:
    """Write what holds on that day (today) on the offices; how many offices changed."""
    return run(BRING_UP, {"day": day})


def bring_staff_up_to_today() -> int:
    """The same for today."""
    return bring_staff_up_to(timezone.localdate())


def staff_on(day: date) -> dict[int, int]:
    """By office: what held that day, or the first number ever recorded where that is younger (`assumed_on`)."""
    return dict(kept_rows(HELD, {"day": day}))


def assumed_on(day: date) -> set[int]:
    """The offices of which nobody has recorded a number for that day: a later one stands in for it."""
    first = OfficeStaff.objects.values("office").annotate(first=Min("starts")).filter(first__gt=day)
    return set(first.values_list("office", flat=True))
