"""A place is renamed, recoded and moved; the tree of a past day comes out as it was."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from itops.organisation.actions.places import add_place, change_place, tree_on
from itops.organisation.models import Level, Place, PlaceVersion

CHANGE = date(2024, 5, 1)


def test_a_renamed_place_is_called_as_it_was_on_a_past_day(country: dict[str, Place]) -> None:
    place = change_place(country["qingtangpu"], by="test", on=CHANGE, name="清塘镇", code="430923181")
    assert (place.name_en, place.pinyin) == ("Qingtang Town", "qing1 tang2 zhen4")
    before, after = (
        tree_on(CHANGE - timedelta(days=1))[place.pk],
        tree_on(CHANGE)[place.pk],
    )
    assert (before.name, before.name_en, before.code) == ("清塘铺镇", "Qingtangpu Town", "430923101")
    assert (after.name, after.code) == ("清塘镇", "430923181")


def test_what_lies_under_a_moved_place_moves_with_it(country: dict[str, Place]) -> None:
    other = add_place(
        by="test", name="长沙市", code="4301", level=Level.CITY, parent=country["province"], starts=CHANGE
    )
    change_place(country["anhua"], by="test", on=CHANGE, parent=other)
    township = Place.objects.get(pk=country["qingtangpu"].pk)
    assert township.path == f"{country['province'].pk}.{other.pk}.{country['anhua'].pk}.{township.pk}"
    assert list(Place.objects.under([country["city"].path]).townships()) == [country["taojiang_chengguan"]]


def test_the_tree_of_a_past_day_has_the_paths_of_that_day(country: dict[str, Place]) -> None:
    before = {place.pk: place.path for place in Place.objects.all()}
    other = add_place(
        by="test", name="长沙市", code="4301", level=Level.CITY, parent=country["province"], starts=CHANGE
    )
    change_place(country["anhua"], by="test", on=CHANGE, parent=other)
    past = tree_on(CHANGE - timedelta(days=1))
    assert {place_id: place.path for place_id, place in past.items()} == before
    today = tree_on(timezone.localdate())
    assert {place_id: place.path for place_id, place in today.items()} == {
        place.pk: place.path for place in Place.objects.all()
    }


def test_a_day_before_every_version_has_no_places(country: dict[str, Place]) -> None:
    assert tree_on(date(2019, 12, 31)) == {}


def test_a_second_change_on_the_same_day_corrects_the_first(country: dict[str, Place]) -> None:
    for name in ("清塘镇", "清铺镇"):
        change_place(country["qingtangpu"], by="test", on=CHANGE, name=name)
    versions = PlaceVersion.objects.filter(place=country["qingtangpu"])
    assert [(version.name, version.ends) for version in versions] == [("清塘铺镇", CHANGE), ("清铺镇", None)]


@pytest.mark.parametrize("day", [date(2019, 12, 31), date(2999, 1, 1)])
def test_a_change_before_the_current_state_or_in_the_future_is_refused(
    country: dict[str, Place], day: date
) -> None:
    with pytest.raises(ValidationError):
        change_place(country["qingtangpu"], by="test", on=day, name="清塘镇")
    assert Place.objects.get(pk=country["qingtangpu"].pk).name == "清塘铺镇"


@pytest.mark.parametrize("parent", ["anhua", "qingtangpu", "taojiang"])
def test_a_place_cannot_lie_under_itself_or_a_lower_one(country: dict[str, Place], parent: str) -> None:
    with pytest.raises(ValidationError):
        change_place(country["anhua"], by="test", on=CHANGE, parent=country[parent])


def test_the_database_holds_one_version_of_a_place_at_a_time(country: dict[str, Place]) -> None:
    current = PlaceVersion.objects.get(place=country["qingtangpu"])
    with pytest.raises(IntegrityError), transaction.atomic():
        PlaceVersion.objects.create(
            place=current.place, level=4, code="x", name="x", starts=CHANGE, ends=CHANGE + timedelta(days=1)
        )
