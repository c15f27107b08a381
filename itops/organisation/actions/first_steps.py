"""A new installation gets its county, townships, offices and calendar, and then its first account."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from itops.database.actor import acting
from itops.organisation.actions.accounts import create_account, ensure_roles, grant
from itops.organisation.actions.calendars import load_holidays
from itops.organisation.actions.divisions import load_divisions
from itops.organisation.actions.people import add_person
from itops.organisation.divisions import Edition
from itops.organisation.models import Level, Office, Place, User, WorkCalendar


class AlreadySetUp(Exception):
    """There is an account: the set-up is over, and only accounts decide."""


def choose_county(edition: Edition, *, by: str, county: str, townships: Collection[str]) -> Place:
    """The county with the chosen townships (codes), an office in each, and one work calendar for all.

    Choosing again adds what was left out.
    """
    chosen = [d for d in edition.branch(county) if d.level <= Level.COUNTY or d.code in townships]
    with acting(by), transaction.atomic():
        loaded = load_divisions(chosen, by=by, on=edition.on)
        place = loaded.places[county]
        staffed = [loaded.places[division.code] for division in chosen if division.level >= Level.COUNTY]
        _add_offices(staffed, _calendar(place, by=by))
    return place


def start_over(*, by: str) -> None:
    """Forget the chosen county, as long as there is no account."""
    with acting(by), transaction.atomic():
        if User.objects.exists():
            raise AlreadySetUp
        Office.objects.all().delete()
        WorkCalendar.objects.all().delete()
        for level in sorted(Level, reverse=True):
            Place.objects.filter(level=level).delete()


def open_first_account(
    *, by: str, county: Place, username: str, password: str, name: str, post: str = "", language: str = ""
) -> User:
    """The county's administrator; refused when there is an account. ValidationError for unusable input."""
    with acting(by), transaction.atomic():
        Place.objects.select_for_update().get(pk=county.pk)
        if User.objects.exists():
            raise AlreadySetUp
        office = Office.objects.filter(place=county).earliest("pk")
        person = add_person(by=by, office=office, name=name, post=post)
        account = create_account(
            by=by, username=username, password=password, person=person, language=language
        )
        grant(by=by, user=account, role=ensure_roles(by=by)["county_administrator"], place=county)
    return account


def _calendar(county: Place, *, by: str) -> WorkCalendar:
    office = Office.objects.filter(place=county).select_related("calendar").first()
    if office:
        return office.calendar
    calendar = WorkCalendar.objects.create(name=_("Office hours of %(county)s") % {"county": county})
    load_holidays(calendar, by=by)
    return calendar


def _add_offices(places: Collection[Place], calendar: WorkCalendar) -> None:
    staffed = set(Office.objects.filter(place__in=places).values_list("place", flat=True))
    Office.objects.bulk_create(
        Office(
            place=place,
            name=_government(place.name),
            name_en=f"{place.name_en} Government",
            calendar=calendar,
        )
        for place in places
        if place.pk not in staffed
    )


def _government(name: str) -> str:
    return f"{name}办事处" if name.endswith("街道") else f"{name}人民政府"
