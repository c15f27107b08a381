"""The generated past: whole days, consistent with how each thing behaves, never today."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db.models import Count, Max, Min, Sum
from django.utils import timezone

from inventory.actions.packing import pack_day
from inventory.marks.kind import Kind
from inventory.models import EvidenceDay
from itops.organisation.hours import OfficeHours
from itops.site.demonstration.history import Written, examples, write_history
from itops.site.demonstration.load import endpoint_ids
from itops.site.demonstration.past import Outage, past_day
from itops.site.demonstration.words import Behaviour, County
from monitoring.models import Layout, Outcome, Reading
from monitoring.probes.profiles_file import profile_named
from tests.demonstration.conftest import MONDAY

TODAY = timezone.localdate(MONDAY)
HOLIDAY, SATURDAY = date(2026, 10, 1), date(2026, 11, 14)


@pytest.fixture(scope="module")
def written(county_in_database: County) -> Written:
    return write_history(county_in_database, today=TODAY)


def test_each_endpoint_has_a_row_for_each_day_it_was_watched(loaded, written):
    ids = endpoint_ids(loaded)
    rows = dict(
        EvidenceDay.objects.exclude(witness="mac_table").values_list("endpoint").annotate(n=Count("day"))
    )
    assert rows == {ids[one.address]: one.watched_days for one in loaded.endpoints() if one.watched_days}
    assert written.evidence == EvidenceDay.objects.count() > 70_000


def test_all_of_it_says_that_it_is_generated_and_none_is_of_today(written):
    span = EvidenceDay.objects.aggregate(first=Min("day"), last=Max("day"))
    assert span == {"first": TODAY - timedelta(days=90), "last": TODAY - timedelta(days=1)}
    assert not EvidenceDay.objects.filter(generated=False).exists()
    assert not EvidenceDay.objects.exclude(last_cycle=None).exists()  # no reading to cite


def test_a_second_call_writes_nothing(loaded, written):
    assert write_history(loaded, today=TODAY) == Written(evidence=0, readings=0)


def test_offices_are_closed_on_weekends_and_holidays(written):
    for day in (HOLIDAY, SATURDAY):
        assert EvidenceDay.objects.filter(day=day).aggregate(most=Max("open_minutes"))["most"] == 0
    assert EvidenceDay.objects.filter(day=TODAY - timedelta(days=3)).aggregate(least=Min("open_minutes"))[
        "least"
    ]


def test_nothing_is_seen_longer_than_it_could_be(written):
    for row in EvidenceDay.objects.values(
        "seen_minutes", "asked_minutes", "observable_minutes", "open_minutes"
    ):
        assert row["seen_minutes"] <= row["asked_minutes"] <= 1_440
        assert row["observable_minutes"] <= row["open_minutes"]


@pytest.mark.parametrize(
    ("behaviour", "sign"),
    [
        (Behaviour.NO_USERS, "users"),
        (Behaviour.NO_CALLS, "calls"),
        (Behaviour.NO_PAGES, "pages"),
        (Behaviour.NO_LOAD, "used_minutes"),
        (Behaviour.IDLE_LINE, "used_minutes"),
        (Behaviour.CONTENT_UNCHANGED, "content_changes"),
        (Behaviour.PANEL_OFF, "display_on_minutes"),
    ],
)
def test_what_is_unused_was_seen_and_never_used(loaded, written, behaviour, sign):
    for endpoint in _ids(loaded, behaviour):
        rows = EvidenceDay.objects.filter(endpoint=endpoint)
        assert rows.aggregate(used=Sum(sign))["used"] == 0
        assert rows.filter(seen_minutes__gt=0).count() > 40


def test_what_is_healthy_was_used(loaded, written):
    """By the sign of its kind, on some day."""
    signs = {
        Kind.COMPUTER: "users",
        Kind.VIDEO_ENDPOINT: "calls",
        Kind.PRINTER: "pages",
        Kind.UPS: "used_minutes",
        Kind.NETWORK_LINK: "used_minutes",
        Kind.NOTICE_BOARD: "content_changes",
    }
    for kind, sign in signs.items():
        healthy = _ids(loaded, Behaviour.HEALTHY, kind)
        used = EvidenceDay.objects.filter(endpoint__in=healthy, **{f"{sign}__gt": 0})
        assert set(healthy) == set(used.values_list("endpoint", flat=True).distinct())


def test_what_fell_silent_was_seen_before_and_not_after(loaded, written):
    for endpoint in _ids(loaded, Behaviour.SILENT_NOT_FOUND):
        assert not EvidenceDay.objects.filter(endpoint=endpoint, seen_minutes__gt=0).exists()
    for endpoint in _ids(loaded, Behaviour.MOVED):
        last = EvidenceDay.objects.filter(endpoint=endpoint, seen_minutes__gt=0).aggregate(last=Max("day"))[
            "last"
        ]
        assert TODAY - timedelta(days=20) < last < TODAY - timedelta(days=12)


def test_a_saturated_line_was_full_and_the_others_were_not(loaded, written):
    full = EvidenceDay.objects.filter(line_share_p95__gte=8_000).values_list("endpoint", flat=True).distinct()
    assert set(full) == set(_ids(loaded, Behaviour.SATURATED_LINE))


def test_what_answers_nothing_was_seen_by_the_switch(loaded, written):
    for endpoint in _ids(loaded, Behaviour.MAC_ONLY):
        by_witness = dict(
            EvidenceDay.objects.filter(endpoint=endpoint)
            .values_list("witness")
            .annotate(seen=Sum("seen_minutes"))
        )
        assert by_witness["snmp"] == 0 < by_witness["mac_table"]


def test_past_outages_took_observable_time_from_what_is_behind_a_line(loaded, written):
    """A line's own silence is observed; behind it nothing is, and it counts against no one."""
    less = EvidenceDay.objects.filter(asked_minutes__lt=1_440)
    assert less.exists()
    assert not less.filter(endpoint__behind=None).exists()
    assert EvidenceDay.objects.filter(endpoint__behind=None, seen_minutes__lt=1_000).exists()


def test_an_outage_leaves_the_minutes_outside_it():
    hours = OfficeHours()  # 08:30 to 17:30 without a break
    outage = Outage(days_ago=2, from_hour=9, hours=6)
    day = past_day(hours, date(2026, 11, 20), 2, (outage,))
    assert (day.open_minutes, day.open_and_up, day.up) == (540, 180, 1_080)
    assert past_day(hours, date(2026, 11, 20), 1, (outage,)).up == 1_440


def test_a_week_of_readings_gives_charts_a_line(loaded, written):
    chosen = list(examples(loaded))
    assert written.readings == Reading.objects.count() == len(chosen) * 7 * 96 < 150_000
    assert {one.kind for one in chosen} == {Kind.NETWORK_LINK, Kind.VIDEO_ENDPOINT, Kind.COMPUTER}
    last = Reading.objects.aggregate(last=Max("cycle"))["last"]
    assert timezone.localdate(last) == TODAY - timedelta(days=1)


def test_readings_follow_the_layout_of_their_profile(written):
    for layout in Layout.objects.all():
        assert layout.names == list(profile_named(layout.profile).layout)
        answered = Reading.objects.filter(layout=layout, outcome=Outcome.ANSWERED).earliest("cycle")
        assert answered.values is not None
        numbers = dict(zip(layout.names, answered.values, strict=True))
        assert (numbers["in_bps"] or 0) > 0


def test_readings_that_were_not_answered_have_no_numbers(written):
    outcomes = Counter(Reading.objects.values_list("outcome", flat=True))
    assert set(outcomes) >= {Outcome.ANSWERED, Outcome.SILENT}
    assert not Reading.objects.exclude(outcome=Outcome.ANSWERED).exclude(values=None).exists()


def _ids(county: County, behaviour: Behaviour, kind: Kind | None = None) -> list[int]:
    """Endpoints that behave so and have been watched long enough to show it."""
    ids = endpoint_ids(county)
    return [
        ids[one.address]
        for one in county.endpoints()
        if one.behaviour is behaviour and kind in {None, one.kind} and one.watched_days > 30
    ]


def test_a_second_call_writes_nothing_after_the_days_were_packed(loaded, written):
    for day in EvidenceDay.objects.values_list("day", flat=True).distinct():
        pack_day(day)
    assert not EvidenceDay.objects.filter(generated=True).exists()
    assert write_history(loaded, today=TODAY) == Written(evidence=0, readings=0)
