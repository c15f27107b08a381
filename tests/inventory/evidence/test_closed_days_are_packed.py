"""Days that are over lie in blocks, and nobody who asks about them can tell."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from inventory.actions.knowledge import known
from inventory.actions.marking import judged
from inventory.actions.observed import Seen, seen
from inventory.actions.packing import pack_closed, pack_day
from inventory.actions.policies import policies_on
from inventory.actions.shortfalls import PlaceKnown, judged_places
from inventory.blocks.table import BLOCK
from inventory.models import Endpoint, EvidenceBlock, EvidenceDay
from inventory.queries.witness import days_used, watched
from monitoring.queries.lines import days as line_days
from monitoring.queries.readings import evidence
from tests.support.county import County, endpoint_of

TODAY = timezone.localdate()
YESTERDAY, LAST_WEEK = TODAY - timedelta(days=1), TODAY - timedelta(days=7)
NOON = timezone.make_aware(datetime.combine(TODAY, time(12)))
Question = Callable[[County], object]


def rows(day: date | None = None) -> list[Seen]:
    every = list(Endpoint.objects.values_list("pk", flat=True))
    return seen(day or TODAY - timedelta(days=400), day or TODAY, every)


def judged_today(county: County) -> object:
    return judged(TODAY)


def judged_a_week_ago(county: County) -> object:
    return judged(LAST_WEEK), [one.asset for one in known(LAST_WEEK, policies_on(LAST_WEEK))]


def what_townships_lack(county: County) -> list[PlaceKnown]:
    return judged_places(judged(TODAY), TODAY)


def what_sessions_are_held_against(county: County) -> object:
    return watched([county.assets["codec"], county.assets["line"]], LAST_WEEK)


def days_of_use(county: County) -> object:
    return days_used(["computer", "video_endpoint"], [county.xianxi.pk], TODAY - timedelta(days=40), TODAY)


def the_strip_of_a_line(county: County) -> object:
    return line_days(endpoint_of(county.assets["line"]).pk)


def the_page_of_readings(county: County) -> object:
    return evidence([endpoint_of(county.assets["codec"])], 90)


def every_row(county: County) -> object:
    return rows()


QUESTIONS: list[Question] = [
    judged_today,
    judged_a_week_ago,
    what_townships_lack,
    what_sessions_are_held_against,
    days_of_use,
    the_strip_of_a_line,
    the_page_of_readings,
    every_row,
]


def test_whoever_asks_hears_the_same_before_and_after(county: County) -> None:
    EvidenceDay.objects.filter(endpoint=endpoint_of(county.assets["codec"])).update(
        generated=True, used_minutes=0.1
    )
    before = [ask(county) for ask in QUESTIONS]
    assert pack_closed(NOON) == 59
    assert set(EvidenceDay.objects.values_list("day", flat=True)) == {TODAY}
    for ask, answer in zip(QUESTIONS, before, strict=True):
        assert ask(county) == answer, ask.__name__
    assert pack_closed(NOON) == 0


def test_a_day_is_packed_three_hours_after_it_was_over(county: County) -> None:
    pack_closed(NOON.replace(hour=2, minute=59))
    assert EvidenceDay.objects.filter(day=YESTERDAY).exists()
    pack_closed(NOON.replace(hour=3, minute=1))
    assert not EvidenceDay.objects.filter(day=YESTERDAY).exists()


def test_what_comes_late_is_added_to_its_day_before_and_after_it_is_packed(county: County) -> None:
    codec = endpoint_of(county.assets["codec"])
    [before] = seen(LAST_WEEK, LAST_WEEK, [codec.pk])
    pack_day(LAST_WEEK)
    EvidenceDay.objects.create(
        endpoint=codec,
        day=LAST_WEEK,
        witness="snmp",
        open_minutes=5,
        seen_minutes=5,
        calls=2,
        last_cycle=None,
    )
    EvidenceDay.objects.create(endpoint=codec, day=LAST_WEEK, witness="mac_table", seen_minutes=1440)
    for _ in range(2):
        added, other = sorted(seen(LAST_WEEK, LAST_WEEK, [codec.pk]), key=lambda one: -(one.calls or 0))
        assert (added.open_minutes, added.seen_minutes) == (before.open_minutes + 5, before.seen_minutes + 5)
        assert (added.calls, added.last_cycle) == ((before.calls or 0) + 2, before.last_cycle)
        assert (other.witness, other.seen_minutes) == ("mac_table", 1440)
        pack_day(LAST_WEEK)
    assert not EvidenceDay.objects.filter(day=LAST_WEEK).exists()


def test_endpoints_with_far_numbers_lie_in_other_blocks(county: County) -> None:
    codec = endpoint_of(county.assets["codec"])
    far = Endpoint.objects.create(pk=codec.pk + 30 * BLOCK, network=codec.network, place=codec.place)
    EvidenceDay.objects.create(endpoint=far, day=LAST_WEEK, witness="ping", seen_minutes=3)
    before = rows(LAST_WEEK)
    pack_day(LAST_WEEK)
    numbers = set(EvidenceBlock.objects.filter(day=LAST_WEEK).values_list("number", flat=True))
    assert numbers == {codec.pk // BLOCK, far.pk // BLOCK}
    assert rows(LAST_WEEK) == before
    assert [one.witness for one in seen(LAST_WEEK, LAST_WEEK, [far.pk])] == ["ping"]


@pytest.mark.django_db
def test_where_nothing_was_observed_nothing_is_packed() -> None:
    EvidenceDay.objects.all().delete()
    pack_day(LAST_WEEK)
    assert pack_closed(NOON) == 0
    assert not EvidenceBlock.objects.exists()
