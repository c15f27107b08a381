"""An answer that arrives after a later one overwrites nothing and changes no past day."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from psycopg.types.range import TimestamptzRange

from inventory.actions.facts import record_observed_facts
from inventory.actions.knowledge import known
from inventory.marks.kind import Kind
from inventory.marks.policy import policy_for
from inventory.models import Asset, Binding, Endpoint, Fact, FactHistory, Network, NetworkKind
from tests.support.office import one_office

pytestmark = pytest.mark.django_db
NOW = timezone.now()
BEGUN = NOW - timedelta(days=40)


@pytest.fixture
def endpoint() -> Endpoint:
    place = one_office()
    network = Network.objects.create(name="政务外网", kind=NetworkKind.EXTRANET)
    asset = Asset.objects.create(
        tag="AH-1", kind=Kind.COMPUTER.value, name="电脑", place=place, network=network
    )
    found = Endpoint.objects.create(network=network, place=place, address="10.61.1.2")
    Binding.objects.create(endpoint=found, asset=asset, during=TimestamptzRange(BEGUN, None), by="tests")
    return found


def saw(endpoint: Endpoint, memory: str, at: datetime) -> None:
    record_observed_facts({endpoint.pk: {"memory_mb": memory}}, source="snmp", at=at)


def memory_on(days_ago: int) -> int | None:
    day = timezone.localdate() - timedelta(days=days_ago)
    return known(day, policy_for(day))[0].facts.memory_mb


def test_each_day_knows_what_had_been_seen_by_then(endpoint: Endpoint) -> None:
    saw(endpoint, "2048", NOW - timedelta(days=20))
    saw(endpoint, "8192", NOW - timedelta(days=5))
    assert [memory_on(days) for days in (0, 5, 6, 20, 21)] == [8192, 8192, 2048, 2048, None]


def test_a_late_answer_changes_neither_today_nor_the_past(endpoint: Endpoint) -> None:
    saw(endpoint, "2048", NOW - timedelta(days=20))
    saw(endpoint, "8192", NOW - timedelta(days=5))
    before = (
        [memory_on(days) for days in range(30)],
        list(Fact.objects.values()),
        list(FactHistory.objects.values()),
    )
    saw(endpoint, "512", NOW - timedelta(days=10))
    saw(endpoint, "512", NOW - timedelta(days=30))
    after = (
        [memory_on(days) for days in range(30)],
        list(Fact.objects.values()),
        list(FactHistory.objects.values()),
    )
    assert after == before
