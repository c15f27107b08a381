"""What the Standard of a day asks of each place: its items, the staff of the offices then, the exceptions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import DateField
from django.utils import timezone

from inventory.marks.kind import Kind
from inventory.marks.standard import OfficeFacts, Override, StandardItem
from inventory.models import StandardItem as StandardRow
from inventory.models import StandardOverride
from itops.database.kept import Given, Kept
from itops.database.statements import rows
from itops.organisation.actions.staff import staff_on
from itops.organisation.models import Level, Office, Place, PlaceVersion

Overrides = dict[Kind, Override]

# Where an office stood and whether it was archived at that moment; nobody dates when one began to exist.
OFFICES = """
    SELECT o.id, coalesce((later.before ->> 'place_id')::bigint, o.place_id)
    FROM organisation_office o
    LEFT JOIN (
        SELECT object_id, itops_merged(before ORDER BY id DESC) AS before FROM audit_change
        WHERE model = 'organisation.office' AND action = 'change' AND at >= %(end)s GROUP BY object_id
    ) later ON later.object_id = o.id
    WHERE NOT coalesce((later.before ->> 'archived')::boolean, o.archived)
    ORDER BY o.id
"""


STANDARDS: Kept[StandardRow] = Kept(lambda: StandardRow.objects.select_related("standard"))
OVERRIDES: Kept[StandardOverride] = Kept(
    lambda: StandardOverride.objects.on(Given("day", "date", DateField()))
)
OFFICES_NOW: Kept[tuple[int, int]] = Kept(
    lambda: Office.objects.filter(archived=False).order_by("pk").values_list("pk", "place")
)
TOWNSHIPS: Kept[int] = Kept(lambda: Place.objects.townships().values_list("pk", flat=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """One place; `standards` are empty where only an exception asks for anything (no township, no office)."""

    place: int
    offices: tuple[OfficeFacts, ...]
    overrides: Mapping[Kind, Override]
    standards: tuple[StandardItem, ...]


def provision_on(day: date, places: Iterable[int] | None = None) -> list[Provision]:
    """The townships of that day with an office and the places with an exception, in a handful of queries."""
    of_places, of_offices = _overrides(day)
    offices = _offices(day, of_offices)
    standards = tuple(standard_items())
    townships = townships_on(day) & offices.keys()
    wanted = townships | of_places.keys()
    if places is not None:
        wanted &= set(places)
    return [
        Provision(
            place=place,
            offices=tuple(offices.get(place, ())),
            overrides=of_places.get(place, {}),
            standards=standards if place in townships else (),
        )
        for place in sorted(wanted)
    ]


def standard_items() -> list[StandardItem]:
    """Every version's items as the rules take them; the version in force is chosen by the rule."""
    return [
        StandardItem(
            kind=Kind(row.kind),
            version=row.standard.name,
            in_force_on=row.standard.starts,
            fixed=row.fixed,
            per_office=row.per_office,
            staff_percent=row.percent_of_staff,
            cap=row.cap,
        )
        for row in STANDARDS.all()
    ]


def end_of(day: date) -> datetime:
    """The first moment after a local day."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=ZoneInfo(settings.TIME_ZONE))


def townships_on(day: date) -> set[int]:
    """What was a township then, whatever it is today; a place without versions was always what it is."""
    today = Place.objects.townships()
    if day >= timezone.localdate():
        return set(TOWNSHIPS.all())
    versions = PlaceVersion.objects.on(day).filter(level=Level.TOWNSHIP)
    always = today.filter(versions=None)
    return set(versions.values_list("place", flat=True)) | set(always.values_list("pk", flat=True))


def _offices(day: date, overrides: Mapping[int, Overrides]) -> dict[int, list[OfficeFacts]]:
    staff = staff_on(day)
    found: defaultdict[int, list[OfficeFacts]] = defaultdict(list)
    for office, place in _offices_on(day):
        found[place].append(
            OfficeFacts(office=office, staff=staff.get(office), overrides=overrides.get(office, {}))
        )
    return dict(found)


def _offices_on(day: date) -> Iterable[tuple[int, int]]:
    """(office, place) of those not archived then; of today the change record need not be asked."""
    if day >= timezone.localdate():
        return OFFICES_NOW.all()
    return rows(OFFICES, {"end": end_of(day)})


def _overrides(day: date) -> tuple[dict[int, Overrides], dict[int, Overrides]]:
    """Of whole places and of offices."""
    of_places: defaultdict[int, Overrides] = defaultdict(dict)
    of_offices: defaultdict[int, Overrides] = defaultdict(dict)
    for row in OVERRIDES.all(day=day):
        override = Override(quantity=row.quantity, starts=row.starts)
        if row.office_id is None:
            of_places[row.place_id][Kind(row.kind)] = override
        else:
            of_offices[row.office_id][Kind(row.kind)] = override
    return dict(of_places), dict(of_offices)
