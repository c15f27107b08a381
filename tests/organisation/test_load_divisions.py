"""The country's divisions go into the database quickly, once, and without overruling people."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from itops.organisation.actions.divisions import load_divisions
from itops.organisation.actions.places import change_place, tree_on
from itops.organisation.divisions import Division, edition, read
from itops.organisation.models import Level, Place, PlaceVersion

OLD = [
    Division("43", "湖南省", 1, ""),
    Division("4309", "益阳市", 2, "43"),
    Division("430923", "安化县", 3, "4309"),
    Division("430923102", "梅城镇", 4, "430923"),
    Division("430923104", "大福镇", 4, "430923"),
    Division("430923206", "龙塘乡", 4, "430923"),
]
NEW = [
    *OLD[:3],
    Division("430923104", "梅城镇", 4, "430923"),
    Division("430923119", "大福镇", 4, "430923"),
    Division("430923206", "龙塘镇", 4, "430923"),
]


def load(province: str, county: str = "") -> dict[str, int]:
    out = StringIO()
    call_command("load_divisions", province=province, county=county, json=True, stdout=out)
    counts: dict[str, int] = json.loads(out.getvalue())
    return counts


@pytest.mark.django_db
def test_anhua_has_its_23_townships_in_official_order_with_english_names() -> None:
    assert load("43", "430923") == {"added": 26, "changed": 0, "kept": 0, "unchanged": 0}
    townships = Place.objects.townships().in_official_order()
    assert [township.code for township in townships] == sorted(township.code for township in townships)
    assert (len(townships), townships[0].name, townships[0].name_en) == (23, "清塘铺镇", "Qingtangpu Town")
    names = set(Place.objects.values_list("name_en", flat=True))
    assert {"Anhua County", "Le'an Town", "Changtang Town", "Gulou Township", "Yiyang City"} <= names


@pytest.mark.django_db
def test_a_province_needs_few_queries_and_repeating_it_changes_nothing() -> None:
    with CaptureQueriesContext(
        connection,
    ) as first:
        assert load("43")["added"] == len(edition().branch("43")) > 2000
    assert len(first) < 30
    assert load("43") == {"added": 0, "changed": 0, "kept": 0, "unchanged": len(edition().branch("43"))}
    assert PlaceVersion.objects.count() == Place.objects.count()


@pytest.mark.django_db
def test_a_county_loaded_before_its_province_is_found_again() -> None:
    load("43", "430923")
    assert load("43")["unchanged"] == 26


@pytest.mark.django_db
def test_paths_follow_parents() -> None:
    load("43", "430923")
    for place in Place.objects.exclude(parent=None).select_related("parent"):
        assert place.parent is not None
        assert place.path == f"{place.parent.path}.{place.pk}"


@pytest.mark.django_db
def test_codes_that_changed_hands_follow_the_name_and_a_new_name_follows_the_code() -> None:
    load_divisions(OLD, by="test", on=date(2020, 1, 1))
    before = {place.name: place.pk for place in Place.objects.all()}
    loaded = load_divisions(NEW, by="test", on=date(2023, 6, 30))
    assert (len(loaded.added), len(loaded.changed), loaded.unchanged) == (0, 3, 3)
    after = {place.name: (place.pk, place.code) for place in Place.objects.all()}
    assert after["梅城镇"] == (before["梅城镇"], "430923104")
    assert after["大福镇"] == (before["大福镇"], "430923119")
    assert after["龙塘镇"] == (before["龙塘乡"], "430923206")
    assert tree_on(date(2022, 1, 1))[before["梅城镇"]].code == "430923102"


@pytest.mark.django_db
def test_what_people_changed_since_is_kept() -> None:
    load_divisions(OLD, by="test", on=date(2020, 1, 1))
    place = Place.objects.get(name="龙塘乡")
    change_place(place, by="test", on=date(2024, 1, 1), name="龙塘街道")
    loaded = load_divisions(NEW, by="test", on=date(2023, 6, 30))
    assert loaded.kept == [place]
    assert Place.objects.get(pk=place.pk).name == "龙塘街道"


@pytest.mark.django_db
def test_counties_of_a_municipality_lie_directly_under_it() -> None:
    load("50", "500229")
    county = Place.objects.get(name="城口县")
    assert county.parent is not None
    assert (county.parent.name, county.parent.level) == ("重庆市", Level.PROVINCE)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("province", "county"), [("99", ""), ("4", ""), ("43", "439999"), ("43", "4309"), ("43", "110101")]
)
def test_a_wrong_code_is_refused_in_a_sentence(province: str, county: str) -> None:
    with pytest.raises(CommandError, match=r"digits|No division") as refused:
        load(province, county)
    assert refused.value.returncode == 2


def test_every_division_has_a_parent_one_level_up_or_a_placeholder_between() -> None:
    divisions = edition().divisions
    for division in divisions.values():
        assert division.level == 1 or divisions[division.parent].level < division.level
    assert len(edition().provinces()) == 31


def test_a_placeholder_is_left_out() -> None:
    rows = read(iter(["11\t北京市", "1101\t市辖区", "110101\t东城区"]))
    assert [(row.code, row.parent) for row in rows] == [("11", ""), ("110101", "11")]
