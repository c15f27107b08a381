"""A page about one asset reads its days as one table; whoever reads all of them hears the same of it."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from inventory.actions import as_of, looking
from inventory.actions.knowledge import Known, known
from inventory.actions.packing import pack_closed, pack_day
from inventory.actions.policies import policies_on
from inventory.models import EvidenceDay
from tests.support.county import County, endpoint_of

TODAY = timezone.localdate()
LAST_WEEK = TODAY - timedelta(days=7)
NOON = timezone.make_aware(datetime.combine(TODAY, time(12)))


def one_by_one(assets: Iterable[int]) -> list[Known]:
    return [one for asset in assets for one in known(TODAY, policies_on(TODAY), [asset])]


def as_of_all(monkeypatch: pytest.MonkeyPatch, assets: Iterable[int]) -> list[Known]:
    with monkeypatch.context() as few:
        few.setattr(looking, "FEW", 0)
        few.setattr(as_of, "FEW", 0)
        return one_by_one(assets)


def late(county: County) -> None:
    """Something more of a day that is packed, by a witness that had spoken and by one that had not."""
    codec = endpoint_of(county.assets["codec"])
    for witness in ("snmp", "mac_table"):
        EvidenceDay.objects.create(
            endpoint=codec, day=LAST_WEEK, witness=witness, open_minutes=5, seen_minutes=5, calls=2
        )


def test_in_rows_in_blocks_and_in_both(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    assets = sorted(one.pk for one in county.assets.values())
    rows = one_by_one(assets)
    assert sum(len(one.facts.days) for one in rows) > 100
    assert rows == as_of_all(monkeypatch, assets)
    pack_closed(NOON)
    assert one_by_one(assets) == as_of_all(monkeypatch, assets) == rows
    late(county)
    with_more = one_by_one(assets)
    assert with_more == as_of_all(monkeypatch, assets) != rows
    pack_day(LAST_WEEK)
    assert one_by_one(assets) == with_more
