"""New equipment gets numbers by county and township that go on where they stopped."""

from datetime import date

import pytest

from inventory.actions.add_assets import NewAsset, add_assets
from inventory.marks.kind import Kind
from inventory.models import Asset
from itops.organisation.actions.divisions import load_divisions
from itops.organisation.actions.places import add_place
from itops.organisation.divisions import edition
from itops.organisation.models import Level, Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def anhua() -> dict[str, Place]:
    loaded = load_divisions(edition().branch("430923"), by="test", on=date(2023, 6, 30))
    return {place.name: place for place in loaded.places.values()}


def tags(*places: Place) -> list[str]:
    new = [NewAsset("computer", Kind.COMPUTER, place) for place in places]
    return [asset.tag for asset in add_assets(new, by="test")]


def test_numbers_carry_the_initials_of_county_and_township(anhua: dict[str, Place]) -> None:
    places = anhua["清塘铺镇"], anhua["清塘铺镇"], anhua["乐安镇"], anhua["长塘镇"], anhua["安化县"]
    assert tags(*places) == ["AH-QTP-0001", "AH-QTP-0002", "AH-LA-0001", "AH-CT-0001", "AH-0001"]


def test_numbers_go_on_from_the_highest_even_past_gaps_and_foreign_numbers(anhua: dict[str, Place]) -> None:
    for tag in ("AH-QTP-0007", "AH-QTP-OLD", "AH-QTP-0002"):
        Asset.objects.create(tag=tag, kind="computer", name="x", place=anhua["清塘铺镇"])
    assert tags(anhua["清塘铺镇"]) == ["AH-QTP-0008"]


def test_townships_with_the_same_initials_share_one_run_of_numbers(anhua: dict[str, Place]) -> None:
    county = anhua["安化县"]
    namesake = add_place(
        by="test", name="青塘坪镇", code="x", level=Level.TOWNSHIP, parent=county, starts=date(2024, 1, 1)
    )
    assert tags(anhua["清塘铺镇"], namesake) == ["AH-QTP-0001", "AH-QTP-0002"]


def test_a_village_is_under_its_township(anhua: dict[str, Place]) -> None:
    township = anhua["清塘铺镇"]
    village = add_place(
        by="test", name="苏溪村", code="x", level=Level.VILLAGE, parent=township, starts=date(2024, 1, 1)
    )
    assert tags(village) == ["AH-QTP-0001"]


def test_many_pieces_need_few_queries(anhua: dict[str, Place], django_assert_max_num_queries: object) -> None:
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        add_assets(
            [NewAsset(f"computer {n}", Kind.COMPUTER, anhua["清塘铺镇"]) for n in range(1000)], by="test"
        )
    assert Asset.objects.filter(tag="AH-QTP-1000").exists()
