"""The counts of assets are right after every way of writing: the ORM, raw SQL, COPY, and a marking."""

from collections import Counter
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from inventory.actions.marking import mark
from inventory.jobs import count_assets
from inventory.models import Asset, AssetCount, Standing
from inventory.models.asset import UNMARKED
from tests.support.county import County, small_county

Counted = Counter[tuple[Any, ...]]
ANSWERS = ("missing", "outdated", "unused", "unsupported")


@pytest.fixture
def county(db: None) -> County:
    return small_county()


def counted() -> Counted:
    found: Counted = Counter()
    for row in AssetCount.objects.values_list("place", "kind", "retired", *ANSWERS, "pieces", "cost_fen"):
        found[row[:-2]] += row[-2]
        found[(*row[:-2], "fen")] += row[-1]
    return +found


def really() -> Counted:
    found: Counted = Counter()
    for asset in Asset.objects.filter(archived=False).select_related("standing"):
        standing = getattr(asset, "standing", None)
        answers = [getattr(standing, name) for name in ANSWERS] if standing else ["", "", "", False]
        key = (asset.place_id, asset.kind, asset.condition == "retired", *answers)
        found[key] += 1
        found[(*key, "fen")] += asset.cost_fen or 0
    return +found


def test_a_marking_leaves_one_row_for_each_combination(county: County) -> None:
    assert counted() == really()
    rows = AssetCount.objects.values_list("place", "kind", "retired", *ANSWERS)
    assert len(set(rows)) == len(rows)


def test_a_later_marking_of_the_day_puts_the_differences_together(county: County) -> None:
    Asset.objects.filter(kind="computer").update(place=county.yanxi)
    Asset.objects.filter(kind="printer").update(condition="retired")
    assert AssetCount.objects.filter(pieces__lt=0).exists()
    mark(timezone.localdate())
    assert counted() == really()
    rows = AssetCount.objects.values_list("place", "kind", "retired", *ANSWERS)
    assert len(set(rows)) == len(rows)


def gone_astray() -> None:
    astray = AssetCount.objects.values().first()
    assert astray
    AssetCount.objects.create(**astray | {"id": None, "pieces": 7})
    assert counted() != really()


def test_once_a_day_everything_is_counted_anew(county: County) -> None:
    gone_astray()
    mark(timezone.localdate())
    assert counted() != really()
    count_assets()
    assert counted() == really()


def test_a_marking_of_everything_counts_everything(county: County) -> None:
    gone_astray()
    mark(timezone.localdate(), anew=True)
    assert counted() == really()


def test_moving_retiring_archiving_and_repricing_are_counted(county: County) -> None:
    Asset.objects.filter(kind="computer").update(place=county.yanxi, cost_fen=None)
    Asset.objects.filter(kind="printer").update(condition="retired")
    county.assets["switch"].archived = True
    county.assets["switch"].save()
    assert counted() == really()


def test_standings_are_counted_as_they_change(county: County) -> None:
    Standing.objects.filter(asset__place=county.xianxi).update(unused="marked")
    Standing.objects.filter(asset__place=county.yanxi).delete()
    assert counted() == really()


def test_what_copy_and_raw_sql_bring_is_counted(county: County) -> None:
    columns = "tag, kind, name, place_id, location, serial, condition, note, archived, cost_fen, custom"
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY inventory_asset ({columns}) FROM STDIN") as copy:
            for n in range(50):
                copy.write_row(
                    (f"C-{n}", "ups", "UPS", county.yanxi.pk, "", "", "in_use", "", False, 100, "{}")
                )
        cursor.execute("UPDATE inventory_asset SET place_id = %s WHERE tag LIKE 'C-1%%'", [county.xianxi.pk])
        cursor.execute("DELETE FROM inventory_asset WHERE tag LIKE 'C-2%'")
    assert counted() == really()
    assert Asset.objects.filter(tag__startswith="C-", rank=UNMARKED).count() == 39


def test_the_ranks_put_the_worst_first(county: County) -> None:
    Standing.objects.update(missing="clear", outdated="clear", unused="clear")
    mark(timezone.localdate())
    ranked = list(Asset.objects.filter(archived=False).order_by("rank", "tag").select_related("standing"))

    def marks(asset: Asset) -> tuple[int, bool]:
        answers = [asset.standing.missing, asset.standing.outdated, asset.standing.unused]
        return -answers.count("marked"), answers[0] != "marked"

    assert [marks(one) for one in ranked] == sorted(marks(one) for one in ranked)
    assert marks(ranked[0])[0] < 0
    assert ranked[-1].rank == UNMARKED
