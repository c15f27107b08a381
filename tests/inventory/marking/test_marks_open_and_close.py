"""Marks open with their evidence, are not opened twice, and close when they no longer hold."""

from datetime import date, timedelta

import pytest

from inventory.actions.evidence import record_sighting
from inventory.actions.marking import judged, mark
from inventory.actions.partitions import ensure_days
from inventory.marks.mark import Answer
from inventory.marks.mark import Mark as MarkName
from inventory.models import EvidenceDay, Fact, Mark, Sighting, Standard, StandardItem, Standing, Waiver
from tests.monitoring.building import MONDAY, asset, bound, township

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 16)
WINDOWS_7 = (
    "Hardware: Intel64 Family 6 Model 58 - Software: Windows Version 6.1 (Build 7601 Multiprocessor Free)"
)
WORKSTATION = "1.3.6.1.4.1.311.1.1.3.1.1"


@pytest.fixture
def county():
    return township(computers=2)


@pytest.fixture
def computer(county):
    made = asset(county.place, "AH-0001", in_service_on=date(2020, 1, 1))
    bound(county.computers[0], made)
    return made


def observed(endpoint, days, *, seen, users=1):
    """Office days up to yesterday, all observable; `seen` says whether it answered."""
    wanted = [TODAY - timedelta(days=n) for n in range(1, days + 1)]
    ensure_days(wanted)
    EvidenceDay.objects.bulk_create(
        EvidenceDay(
            endpoint=endpoint,
            day=day,
            witness="snmp",
            open_minutes=420,
            observable_minutes=420,
            asked_minutes=420,
            seen_minutes=420 if seen else 0,
            users=users if seen else None,
            used_minutes=420 if seen and users else 0,
            last_cycle=MONDAY - timedelta(days=(TODAY - day).days),
        )
        for day in wanted
        if day.isoweekday() < 6
    )


def opened(thing):
    return set(Mark.objects.open().filter(asset=thing).marking().values_list("rule", flat=True))


def test_a_computer_whose_system_is_no_longer_supported_is_outdated_and_cites_its_reading(county, computer):
    observed(county.computers[0], 60, seen=True)
    Fact.objects.create(asset=computer, name="description", observed=WINDOWS_7, since=MONDAY)
    Fact.objects.create(asset=computer, name="object_id", observed=WORKSTATION, since=MONDAY)
    mark(TODAY)
    found = Mark.objects.get(asset=computer, rule="outdated.computer.unsupported_os")
    assert found.closed is None
    assert found.endpoint == county.computers[0]
    assert found.reading_cycle == MONDAY - timedelta(days=3)
    assert Standing.objects.get(asset=computer).outdated == Answer.MARKED


def test_marking_twice_opens_nothing_twice(county, computer):
    observed(county.computers[0], 80, seen=True, users=0)
    first, again = mark(TODAY), mark(TODAY)
    assert first.opened > 0
    assert (again.opened, again.closed) == (0, 0)


def test_nobody_signed_in_for_the_window_is_unused_and_closes_when_somebody_is(county, computer):
    observed(county.computers[0], 80, seen=True, users=0)
    mark(TODAY)
    assert opened(computer) == {"unused.computer.no_users"}
    EvidenceDay.objects.filter(day=TODAY - timedelta(days=3)).update(users=1, used_minutes=30)
    mark(TODAY + timedelta(days=1))
    assert opened(computer) == set()
    closed = Mark.objects.get(asset=computer, rule="unused.computer.no_users")
    assert (closed.closed, closed.closed_because) == (TODAY + timedelta(days=1), "clear")


def test_silence_is_missing_unconfirmed_until_a_person_finds_it(county, computer):
    observed(county.computers[0], 60, seen=False)
    county.computers[0].first_observed = MONDAY - timedelta(days=150)
    county.computers[0].save()
    mark(TODAY)
    assert opened(computer) == {"missing.computer.silent_unconfirmed"}
    record_sighting(computer, found=True, by="刘敏", on=TODAY, sort=Sighting.Sort.STOCKTAKE)
    mark(TODAY)
    assert opened(computer) == {"unused.computer.silent", "unused.computer.no_users"}


def test_never_observed_is_unknown_not_missing(county, computer):
    observed(county.computers[0], 60, seen=False)
    mark(TODAY)
    assert opened(computer) == set()
    assert Standing.objects.get(asset=computer).missing == Answer.UNKNOWN


def test_a_waived_mark_stays_visible_but_does_not_count(county, computer):
    observed(county.computers[0], 80, seen=True, users=0)
    Waiver.objects.create(
        asset=computer, mark="unused", reason="新来的人下月到岗", author="周副局长", starts=TODAY, until=TODAY
    )
    mark(TODAY)
    found = Mark.objects.open().get(asset=computer, rule="unused.computer.no_users")
    assert found.waived
    assert Standing.objects.get(asset=computer).unused == Answer.WAIVED
    mark(TODAY + timedelta(days=1))
    assert Standing.objects.get(asset=computer).unused == Answer.MARKED


def test_a_past_day_is_judged_by_what_was_known_then(county, computer):
    observed(county.computers[0], 80, seen=True, users=0)
    EvidenceDay.objects.filter(day=TODAY - timedelta(days=3)).update(users=1, used_minutes=30)
    before = judged(TODAY - timedelta(days=4), [computer.pk])[0].judgement
    after = judged(TODAY, [computer.pk])[0].judgement
    assert before.answer(MarkName.UNUSED) is Answer.MARKED
    assert after.answer(MarkName.UNUSED) is Answer.CLEAR


def test_a_township_below_the_standard_is_short_by_so_many_and_a_missing_asset_does_not_count(
    county, computer
):
    standard = Standard.objects.create(name="安化县 2025 版", starts=date(2025, 7, 1))
    StandardItem.objects.create(standard=standard, kind="computer", percent_of_staff=20)
    mark(TODAY)
    short = Mark.objects.open().get(asset=None, kind="computer")
    assert (short.place, short.quantity, short.numbers["standard"], short.numbers["have"]) == (
        county.place,
        1,
        2,
        1,
    )
    record_sighting(computer, found=False, by="刘敏", on=TODAY)
    mark(TODAY)
    short.refresh_from_db()
    assert (short.quantity, short.numbers["absent"]) == (2, 1)


def test_marking_costs_the_same_number_of_statements_for_any_number_of_assets(
    county, django_assert_max_num_queries
):
    for number in range(30):
        asset(county.place, f"AH-1{number:03}")
    with django_assert_max_num_queries(25):
        mark(TODAY)
