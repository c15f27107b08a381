"""A kept query answers what its QuerySet would, each time with what it is given."""

from concurrent.futures import ThreadPoolExecutor
from types import NoneType

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import CharField, Sum
from django.test.utils import CaptureQueriesContext

from inventory.models import Asset
from itops.database.kept import Given, Kept, one_of
from itops.organisation.models import Place
from tests.support.county import County
from tests.support.pages import county

__all__ = ["county"]

KEYS = Given("keys", "bigint[]")
OF_KEYS: Kept[Asset] = Kept(
    lambda: Asset.objects.filter(one_of("pk", KEYS)).select_related("place").order_by("tag")
)
OF_KIND: Kept[dict[str, object]] = Kept(
    lambda: (
        Asset.objects.filter(tag__startswith="T-", kind=Given("kind", "text", CharField()))
        .order_by("tag")
        .values("tag", "custom")
    )
)
COSTS: Kept[tuple[str, int]] = Kept(
    lambda: (
        Asset.objects.values("kind")
        .annotate(cost=Sum("cost_fen"))
        .order_by("kind")
        .values_list("kind", "cost")
    )
)
PLACE: Kept[str] = Kept(
    lambda: Place.objects.filter(pk=Given("pk", "bigint")).values_list("name_en", flat=True)
)


@pytest.fixture
def assets(county: County) -> list[Asset]:
    place = Place.objects.townships().in_official_order()[0]
    made = [("T-1", "computer", 100), ("T-2", "computer", 250), ("T-3", "printer", 7)]
    return [
        Asset.objects.create(tag=tag, name=tag, kind=kind, place=place, cost_fen=cost)
        for tag, kind, cost in made
    ]


def test_instances_come_with_what_they_refer_to(assets: list[Asset]) -> None:
    found = OF_KEYS.all(keys=[assets[2].pk, assets[0].pk])
    assert [one.tag for one in found] == ["T-1", "T-3"]
    with CaptureQueriesContext(connection) as asked:
        assert {one.place.name for one in found} == {assets[0].place.name}
    assert not asked.captured_queries


def test_each_time_it_answers_what_it_is_given(assets: list[Asset]) -> None:
    for _again in range(4):  # prepared after the first
        assert [row["tag"] for row in OF_KIND.all(kind="computer")] == ["T-1", "T-2"]
        assert [row["tag"] for row in OF_KIND.all(kind="printer")] == ["T-3"]
        assert OF_KIND.all(kind="'; --") == []
        assert OF_KEYS.all(keys=[]) == []


def test_values_are_converted_as_django_converts_them(assets: list[Asset]) -> None:
    assert OF_KIND.first(kind="printer") == {"tag": "T-3", "custom": {}}
    costs = COSTS.all()
    assert costs == list(
        Asset.objects.values("kind")
        .annotate(cost=Sum("cost_fen"))
        .order_by("kind")
        .values_list("kind", "cost")
    )
    assert dict(costs)["computer"] >= 350
    assert {type(cost) for _kind, cost in costs} <= {int, NoneType}


def test_nothing_found_is_none(assets: list[Asset]) -> None:
    assert OF_KIND.first(kind="satellite") is None


def test_something_not_given_is_refused(assets: list[Asset]) -> None:
    with pytest.raises(KeyError, match="kind"):
        OF_KIND.all()


def test_it_is_counted_like_any_other_query(assets: list[Asset]) -> None:
    with CaptureQueriesContext(connection) as asked:
        OF_KIND.all(kind="computer")
        OF_KIND.all(kind="computer")
    assert len(asked.captured_queries) == 2
    assert all("inventory_asset" in one["sql"] for one in asked.captured_queries)


@pytest.mark.usefixtures("committing")
def test_many_threads_share_one() -> None:
    types: Kept[int] = Kept(
        lambda: ContentType.objects.filter(one_of("pk", KEYS)).order_by("pk").values_list("pk", flat=True)
    )
    keys = sorted(ContentType.objects.values_list("pk", flat=True))

    def asked(number: int) -> bool:
        try:
            wanted = keys[: number % len(keys) + 1]
            return types.all(keys=wanted) == wanted
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(asked, range(64)))


@pytest.mark.django_db
def test_it_is_planned_once_for_whatever_is_given() -> None:
    for pk in range(8):
        PLACE.first(pk=pk)
    with connection.cursor() as cursor:
        asked = "SELECT generic_plans > 0, custom_plans FROM pg_prepared_statements WHERE statement LIKE %s"
        cursor.execute(asked, ['SELECT "organisation_place"."name_en"%'])
        assert cursor.fetchall() == [(True, 0)]
