"""Whatever is recorded: exported, in either language and format, it imports again and changes nothing."""

from collections.abc import Callable
from datetime import date

import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from inventory.marks.kind import Condition, Kind
from inventory.models import Asset, AssetClass, DeviceModel, Manufacturer, Network
from inventory.pages.assets import ASSETS
from itops.crud.resource import Resource
from itops.organisation.actions.people import add_person
from itops.organisation.models import Office, Person, User
from itops.site.resources import RESOURCES
from tests.support.county import County
from tests.support.records import example
from tests.support.tables import exported, exported_workbook, imported

pytestmark = pytest.mark.django_db
EVERY = pytest.mark.parametrize("resource", RESOURCES, ids=[one.name for one in RESOURCES])
TOLERANT = settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],  # to make a failing one smaller would take minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
TEXT = st.text(
    st.one_of(
        st.characters(categories=["L", "N", "P", "S", "Zs"], max_codepoint=0xFFFF),
        st.sampled_from("=+-@'#\n"),
    ),
    max_size=30,
).map(str.strip)
NAME = TEXT.filter(bool)
DAY = st.none() | st.dates(date(1980, 1, 1), date(2090, 1, 1))


def unchanged(resource: Resource, by: User) -> None:
    count = resource.visible(by).count()
    for write in (exported, exported_workbook):
        for language in ("zh-hans", "en"):
            with override(language):
                outcome = imported(resource, write(resource, by), by)
            assert outcome.problems == []
            assert outcome.changes == []
            assert (outcome.rows, outcome.unchanged) == (count, count)


@EVERY
def test_every_resource(resource: Resource, county: County) -> None:
    example(resource, county)
    unchanged(resource, county.users["county_administrator"])


@TOLERANT
@given(st.data())
def test_any_assets(county: County, data: st.DataObject) -> None:
    Asset.objects.exclude(pk__in=[one.pk for one in county.assets.values()]).delete()
    whole = county.assets["room"]
    for number in range(3):
        Asset.objects.create(
            tag=f"{data.draw(NAME)}{number}",
            kind=data.draw(st.sampled_from([kind.value for kind in Kind])),
            name=data.draw(NAME),
            place=data.draw(st.sampled_from([county.xianxi, county.yanxi])),
            office=data.draw(st.sampled_from([None, *Office.objects.filter(place__name="仙溪镇")])),
            responsible=data.draw(st.sampled_from([None, *Person.objects.all()])),
            whole=data.draw(st.sampled_from([None, whole])),
            location=data.draw(TEXT),
            serial=data.draw(TEXT | st.from_regex(r"\A[0-9]{1,20}\Z")),
            condition=data.draw(st.sampled_from([condition.value for condition in Condition])),
            bought_on=data.draw(DAY),
            in_service_on=data.draw(DAY),
            cost_fen=data.draw(st.none() | st.integers(0, 10**14)),
            minimum_years=data.draw(st.none() | st.integers(0, 100)),
            note=data.draw(TEXT),
            archived=data.draw(st.booleans()),
        )
    unchanged(ASSETS, county.users["county_administrator"])


def make_manufacturer(data: st.DataObject, number: int) -> None:
    Manufacturer.objects.create(name=f"{data.draw(NAME)}{number}", name_en=data.draw(TEXT), slug=f"m{number}")


def make_device_model(data: st.DataObject, number: int) -> None:
    maker = Manufacturer.objects.get_or_create(name=f"厂{number % 2}")[0]
    DeviceModel.objects.create(
        manufacturer=maker,
        name=f"{data.draw(NAME)}{number // 2}",
        kind=data.draw(st.sampled_from(["", "computer"])),
        specification=data.draw(st.sampled_from([{}, {"memory_mb": 8}])),
        end_of_support=data.draw(DAY),
        note=data.draw(TEXT),
    )


def make_class(data: st.DataObject, number: int) -> None:
    AssetClass.objects.create(code=f"A0{number // 2}", edition=f"20{number % 2}", name=data.draw(NAME))


def make_network(data: st.DataObject, number: int) -> None:
    Network.objects.create(
        name=f"{data.draw(NAME)}{number}", kind=data.draw(st.sampled_from(["lan", "internet"]))
    )


def make_person(data: st.DataObject, number: int) -> None:
    """Namesakes, in one office too: only the ID tells them apart."""
    add_person(
        by="test", office=Office.objects.order_by("pk").all()[number % 2], name="王伟", post=data.draw(TEXT)
    )


MAKERS: dict[str, Callable[[st.DataObject, int], None]] = {
    "manufacturer": make_manufacturer,
    "devicemodel": make_device_model,
    "assetclass": make_class,
    "network": make_network,
    "person": make_person,
}


@pytest.mark.parametrize(
    "resource", [one for one in RESOURCES if one.name in MAKERS], ids=lambda one: one.name
)
@TOLERANT
@given(st.data())
def test_any_of_the_others(resource: Resource, county: County, data: st.DataObject) -> None:
    for number in range(4):
        MAKERS[resource.name](data, number + 10 * resource.model._default_manager.count())
    unchanged(resource, county.users["county_administrator"])


def test_a_name_that_several_have_is_written_so_that_the_right_one_is_found(county: County) -> None:
    twin = Office.objects.get(place=county.yanxi)
    Office.objects.filter(pk=twin.pk).update(name=Office.objects.get(place=county.xianxi).name)
    old = county.assets["old"]
    Asset.objects.filter(pk=old.pk).update(office=twin)
    unchanged(ASSETS, county.users["county_administrator"])
    old.refresh_from_db()
    assert old.office == twin
