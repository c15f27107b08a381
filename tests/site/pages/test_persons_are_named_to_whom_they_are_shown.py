"""Who answers for equipment is named to those who may see persons: on pages, in files, and by the search."""

from typing import Any
from urllib.parse import quote

import pytest
from django.urls import reverse

from inventory.models import Asset
from itops.organisation.models import Person
from tests.support.county import County
from tests.support.pages import Visit, text_of

pytestmark = pytest.mark.django_db
NAME = "欧阳望舒"


@pytest.fixture(autouse=True)
def known(county: County) -> Asset:
    """An asset for which somebody answers whose name stands nowhere else."""
    asset = county.assets["old"]
    assert asset.responsible
    Person.objects.filter(pk=asset.responsible.pk).update(name=NAME, pinyin="ouyangwangshu")
    return asset


def told(visit: Visit, role: str, path: str) -> str:
    answer: Any = visit(role, path, language="en")
    return b"".join(answer).decode() if answer.streaming else text_of(answer)


def paths(known: Asset) -> list[str]:
    return [
        reverse("inventory:asset_list"),
        reverse("inventory:asset_export"),
        reverse("inventory:asset", args=[known.pk]),
        f"{reverse('search')}?q={quote(known.name)}",
    ]


@pytest.mark.parametrize("role", ["city_reader", "machine"])
def test_who_may_not_see_persons_is_told_of_none(role: str, known: Asset, visit: Visit) -> None:
    for path in paths(known):
        assert known.tag in told(visit, role, path)
        assert NAME not in told(visit, role, path), path


@pytest.mark.parametrize("role", ["it_staff", "township_officer"])
def test_who_may_see_persons_is_told(role: str, known: Asset, visit: Visit) -> None:
    for path in paths(known):
        assert NAME in told(visit, role, path), path


def test_a_person_of_elsewhere_is_not_named(known: Asset, county: County, visit: Visit) -> None:
    """An officer sees the persons of the own township alone, also where another answers for its equipment."""
    Person.objects.filter(name=NAME).update(office=county.yanxi.offices.get())
    for path in paths(known):
        assert NAME not in told(visit, "township_officer", path), path
        assert NAME in told(visit, "it_staff", path), path


@pytest.mark.parametrize("word", [NAME, "ouyang"])
def test_a_search_by_a_person_finds_equipment_for_those_who_may_see_persons(
    word: str, known: Asset, visit: Visit
) -> None:
    for path in (reverse("inventory:asset_list"), reverse("search"), reverse("inventory:asset_export")):
        asked = f"{path}?q={quote(word)}"
        assert known.tag in told(visit, "it_staff", asked), path
        assert known.tag not in told(visit, "city_reader", asked), path
