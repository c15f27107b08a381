"""Rows handed in become records, or problems that name row, field and reason; the questions asked do not grow."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from inventory.models import Asset, Manufacturer
from inventory.pages.assets import ASSETS
from inventory.pages.catalogue import DEVICE_MODELS, MANUFACTURERS
from itops.crud.directory import OFFICES, PEOPLE
from itops.crud.intake import Taken, store, take
from itops.organisation.models import Office, Person
from tests.support.county import County

pytestmark = pytest.mark.django_db


def computer(number: int, **more: Any) -> dict[str, Any]:
    return {"tag": f"N-{number}", "name": "电脑", "kind": "computer", "place": "仙溪镇", **more}


def take_assets(county: County, *rows: dict[str, Any], who: str = "it_staff", **options: Any) -> Taken:
    return take(ASSETS, rows, user=county.users[who], **options)


def said(taken: Taken) -> list[tuple[int, str, str]]:
    return [(problem.row, problem.field, problem.code) for problem in taken.problems]


def test_values_are_read_as_people_write_them(county: County) -> None:
    row = computer(
        1,
        kind="Computer",
        place="仙溪",
        office="仙溪镇民政所",
        condition="in use",
        bought_on="2024年3月1日",
        in_service_on="45352",
        cost_fen="450,000",
        network={"name": "政务外网"},
        whole="ah-xx-03",
    )
    taken = take_assets(county, row)
    assert not taken.problems
    [asset] = taken.good
    assert asset.bought_on == date(2024, 3, 1) == asset.in_service_on
    assert (asset.kind, asset.condition, asset.cost_fen) == ("computer", "in_use", 450_000)
    assert (asset.place_id, asset.office.place_id) == (county.xianxi.pk, county.xianxi.pk)
    assert (asset.network, asset.whole) == (county.network, county.assets["room"])
    store(taken)
    assert Asset.objects.get(tag="N-1").note == ""


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ({"kind": "spaceship"}, "invalid_choice"),
        ({"bought_on": "03/04/2024"}, "invalid_date"),
        ({"bought_on": "2024-02-30"}, "invalid_date"),
        ({"cost_fen": "1,23"}, "invalid"),
        ({"cost_fen": "1e99"}, "invalid"),
        ({"cost_fen": 2**70}, "max_value"),
        ({"minimum_years": -1}, "min_value"),
        ({"name": ""}, "required"),
        ({"name": "x" * 121}, "max_length"),
        ({"name": "a\x00b"}, "null_characters_not_allowed"),
        ({"name": ["list"]}, "invalid"),
        ({"place": "nowhere"}, "unknown"),
        ({"place": 2**80}, "unknown"),
        ({"place": {"name": {"deep": 1}}}, "unknown"),
        ({"place": {"path": "1"}}, "unknown"),
        ({"network": True}, "unknown"),
        ({"archived": "perhaps"}, "invalid"),
        ({"colour": "red"}, "unknown_field"),
        ({"tag": "AH-XX-01"}, "unique"),
    ],
)
def test_a_wrong_cell_is_named(county: County, cell: dict[str, Any], code: str) -> None:
    taken = take_assets(county, computer(1), computer(2, **cell))
    assert said(taken) == [(1, next(iter(cell)), code)]
    assert [one.tag for one in taken.good] == ["N-1"]
    assert taken.problems[0].sentence


def test_all_that_is_wrong_is_said_at_once(county: County) -> None:
    taken = take_assets(county, {"tag": "N-1", "kind": "?", "bought_on": "?"}, computer(2, cost_fen="?"))
    assert said(taken) == [
        (0, "kind", "invalid_choice"),
        (0, "bought_on", "invalid_date"),
        (0, "name", "required"),
        (0, "place", "required"),
        (1, "cost_fen", "invalid"),
    ]


def test_what_would_be_right_is_said_in_the_readers_language(county: County) -> None:
    with override("zh-hans"):
        [problem] = take_assets(county, computer(1, bought_on="?")).problems
    assert (problem.value, problem.expected) == ("?", "日期，例如 2024-03-01")


def test_the_second_of_two_alike_in_the_batch_is_refused(county: County) -> None:
    assert said(take_assets(county, computer(1), computer(1))) == [(1, "tag", "unique")]


def test_constraints_over_several_fields_are_asked(county: County) -> None:
    poly = Manufacturer.objects.get(name="Poly")
    rows: list[dict[str, Any]] = [
        {"manufacturer": "Poly", "name": "Studio X50"},
        {"manufacturer": poly.pk, "name": "A", "released_on": "2024-01-01", "end_of_support": "2020-01-01"},
        {"manufacturer": {"name": "Poly"}, "name": "B", "slug": "b"},
        {"manufacturer": {"id": poly.pk}, "name": "C", "slug": "b"},
        {"manufacturer": "poly", "name": "D", "slug": ""},
        {"manufacturer": "poly", "name": "E", "slug": "", "specification": {"wings": 2}},
    ]
    taken = take(DEVICE_MODELS, rows, user=county.users["it_staff"])
    assert [(problem.row, problem.code) for problem in taken.problems] == [
        (0, "unique_together"),
        (1, "invalid"),
        (3, "unique_together"),
        (5, "unknown"),
    ]


def test_only_what_is_given_changes(county: County) -> None:
    old = county.assets["old"]
    taken = take_assets(county, {"name": "新名"}, existing=[Asset.objects.get(pk=old.pk)])
    store(taken)
    changed = Asset.objects.get(pk=old.pk)
    assert (changed.name, changed.tag, changed.cost_fen) == ("新名", old.tag, old.cost_fen)


def test_a_whole_replacement_needs_what_is_required(county: County) -> None:
    old = Asset.objects.get(pk=county.assets["old"].pk)
    taken = take_assets(county, {"name": "新名"}, existing=[old], complete=True)
    assert {problem.field for problem in taken.problems} == {"tag", "kind", "place"}


def test_a_reference_to_something_archived_may_stay_but_not_begin(county: County) -> None:
    office = Office.objects.get(place=county.xianxi)
    Office.objects.filter(pk=office.pk).update(archived=True)
    old = Asset.objects.get(pk=county.assets["old"].pk)
    assert not take_assets(county, {"office": office.pk}, existing=[old]).problems
    assert said(take_assets(county, computer(1, office=office.pk))) == [(0, "office", "unknown")]


def test_of_several_of_one_name_the_one_of_the_same_office_is_meant(county: County) -> None:
    here, there = (Office.objects.get(place=place) for place in (county.xianxi, county.yanxi))
    for office in (here, there):
        office.name = "民政办"
        office.save()
    meant = [
        Person.objects.create(office=office, name="李明", pinyin="li3 ming2") for office in (here, there)
    ]
    taken = take_assets(
        county,
        computer(1, office="民政办", responsible="李明"),
        computer(2, place="烟溪镇", office="民政办", responsible="李明"),
        {"tag": "N-3", "name": "电脑", "kind": "computer", "place": "安化县", "office": "民政办"},
    )
    assert [one.responsible_id for one in taken.good] == [person.pk for person in meant]
    assert said(taken) == [(2, "office", "ambiguous")]


def test_nothing_is_added_or_moved_where_the_account_may_not(county: County) -> None:
    foreign = computer(1, place=county.foreign.pk)
    assert said(take_assets(county, foreign)) == [(0, "place", "unknown")]
    assert said(take_assets(county, computer(1), who="township_officer")) == [(0, "place", "forbidden")]
    assert said(take(MANUFACTURERS, [{"name": "Neu"}], user=county.users["leadership"])) == [
        (0, "", "forbidden")
    ]
    rows = [{"name": "李明", "office": Office.objects.get(place=county.xianxi).pk}]
    assert said(take(PEOPLE, rows, user=county.users["leadership"])) == [(0, "office", "forbidden")]


def test_what_follows_from_other_fields_is_worked_out(county: County) -> None:
    rows = [{"name": "曾明", "office": "仙溪镇民政所"}]
    [person] = store(take(PEOPLE, rows, user=county.users["it_staff"]))
    assert Person.objects.get(pk=person.pk).pinyin == "zeng1 ming2"
    [same] = store(take(PEOPLE, [{"name": "李明"}], user=county.users["it_staff"], existing=[person]))
    assert Person.objects.get(pk=same.pk).pinyin == "li3 ming2"


def test_the_number_of_questions_does_not_grow_with_the_rows(county: County) -> None:
    def asked(count: int) -> int:
        rows = [
            computer(n, office="仙溪镇民政所", network="政务外网", whole="AH-XX-03") for n in range(count)
        ]
        with CaptureQueriesContext(connection) as queries:
            assert not take_assets(county, *rows).problems
        return len(queries)

    asked(1)
    assert asked(300) == asked(2) <= 12


def test_rows_of_a_resource_with_several_natural_fields(county: County) -> None:
    row = {"place": "430923", "name": "新科", "calendar": county.calendar.name, "staff": ""}
    taken = take(OFFICES, [row], user=county.users["it_staff"])
    assert not taken.problems
    assert (taken.good[0].place, taken.good[0].staff) == (county.county, 0)
