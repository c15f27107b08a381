"""The invented county's places, offices, calendar, people and accounts."""

from dataclasses import dataclass

from itops.organisation.actions.accounts import create_account, ensure_roles, grant
from itops.organisation.actions.calendars import load_holidays
from itops.organisation.actions.divisions import load_divisions
from itops.organisation.divisions import edition
from itops.organisation.models import Office, Person, Place, WorkCalendar
from itops.organisation.pinyin import person_sort_key
from itops.site.demonstration.words import COUNTY_CODE, SEAT, County, PlannedPerson

CALENDAR = "机关作息时间（演示）"
BUREAU = "县民政局信息中心（演示）"
BUREAU_EN = "County Civil Affairs Bureau, Information Centre (demonstration)"
ACCOUNTS = (  # username, role, post of the bureau; they sign in by link, nobody knows a password
    ("demo-admin", "county_administrator", "信息中心主任"),
    ("demo-it", "it_staff", "信息中心工程师"),
    ("demo-leader", "leadership", "分管副局长"),
    ("demo-auditor", "auditor", "审计督查员"),
)
TOWNSHIP_ACCOUNT, ITS_TOWNSHIP, ITS_POST = "demo-township", "仙溪镇", "信息员（兼任）"


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """What the equipment is attached to; keys are names of townships."""

    places: dict[str, Place]
    offices: dict[str, Office]
    people: dict[str, list[Person]]
    bureau: Office
    bureau_people: list[Person]


def load_organisation(county: County, *, by: str) -> Organisation:
    """Places down to the townships, an office in each, the bureau in the county town."""
    placed = load_divisions(edition().branch(COUNTY_CODE), by=by, on=edition().on).places
    places = {township.name: placed[township.code] for township in county.townships}
    calendar, _ = WorkCalendar.objects.get_or_create(name=CALENDAR)
    load_holidays(calendar, by=by)
    offices = _offices(county, places, calendar)
    bureau = Office.objects.create(
        place=places[SEAT], name=BUREAU, name_en=BUREAU_EN, staff=county.bureau_staff, calendar=calendar
    )
    organisation = Organisation(
        places=places,
        offices=offices,
        people={t.name: _people(offices[t.name], t.people) for t in county.townships},
        bureau=bureau,
        bureau_people=_people(bureau, county.bureau),
    )
    _accounts(organisation, placed[COUNTY_CODE], by=by)
    return organisation


def _offices(county: County, places: dict[str, Place], calendar: WorkCalendar) -> dict[str, Office]:
    made = Office.objects.bulk_create(
        Office(
            place=places[township.name],
            name=f"{township.name}民政办公室",
            name_en=f"{places[township.name].name_en} Civil Affairs Office",
            staff=township.staff,
            calendar=calendar,
        )
        for township in county.townships
    )
    return {township.name: office for township, office in zip(county.townships, made, strict=True)}


def _people(office: Office, planned: tuple[PlannedPerson, ...]) -> list[Person]:
    return Person.objects.bulk_create(
        Person(office=office, name=one.name, pinyin=person_sort_key(one.name), post=one.post)
        for one in planned
    )


def _accounts(organisation: Organisation, county: Place, *, by: str) -> None:
    roles = ensure_roles(by=by)
    by_post = {person.post: person for person in organisation.bureau_people}
    for username, role, post in ACCOUNTS:
        account = create_account(by=by, username=username, person=by_post[post])
        grant(by=by, user=account, role=roles[role], place=county)
    officer = next(person for person in organisation.people[ITS_TOWNSHIP] if person.post == ITS_POST)
    account = create_account(by=by, username=TOWNSHIP_ACCOUNT, person=officer)
    grant(by=by, user=account, role=roles["township_officer"], place=organisation.places[ITS_TOWNSHIP])
