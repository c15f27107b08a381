"""The county's own fields and tags as columns of any list: chosen, remembered, sorted by, filtered by."""

from html import unescape
from typing import Any

import pytest

from itops.crud.directory import PEOPLE
from itops.crud.resource import Resource
from itops.extras.models import CustomField, Tag, Tagging
from itops.organisation.models import Person
from itops.site.resources import RESOURCES
from tests.support.county import County
from tests.support.pages import Visit, text_of
from tests.support.records import example

pytestmark = pytest.mark.django_db

WHO = "county_administrator"
WITH_OWN = [one for one in RESOURCES if any(field.name == "custom" for field in one.model._meta.fields)]
EACH = pytest.mark.parametrize("resource", WITH_OWN, ids=[one.name for one in WITH_OWN])


def add_field(resource: Resource, key: str, **more: object) -> CustomField:
    return CustomField.objects.create(
        model=resource.key, key=key, label_zh=f"自有{key}", **{"type": "text"} | more
    )


def tag(resource: Resource, pk: int, name: str = "待更新") -> Tag:
    made = Tag.objects.get_or_create(name=name, defaults={"slug": f"t{len(name)}"})[0]
    Tagging.objects.create(model=resource.key, object_id=pk, tag=made)
    return made


@EACH
def test_an_own_field_is_a_column_that_is_remembered(
    resource: Resource, county: County, visit: Visit
) -> None:
    add_field(resource, "batch")
    row = example(resource, county)
    resource.model._default_manager.filter(pk=row.pk).update(custom={"batch": "第一批"})
    first = resource.usual[0] if resource.usual else next(iter(resource.table.base_columns))
    asked = text_of(visit(WHO, f"{resource.list_url}?columns={first}&columns=cf_batch"))
    assert "第一批" in asked
    assert "第一批" in text_of(visit(WHO, resource.list_url))
    assert "第一批" not in text_of(visit("it_staff", resource.list_url))


def people(county: County) -> list[Person]:
    office = county.xianxi.offices.get()
    values: list[dict[str, object]] = [{"years": 9}, {"years": 10}, {}]
    return [
        Person.objects.create(office=office, name=f"张{number}", pinyin=f"zhang{number}", custom=custom)
        for number, custom in enumerate(values)
    ]


def names_in_order(page: str) -> list[str]:
    return sorted((name for name in ("张0", "张1", "张2") if name in page), key=page.index)


def test_numbers_sort_as_numbers_and_nothing_comes_last(county: County, visit: Visit) -> None:
    add_field(PEOPLE, "years", type="number")
    people(county)
    address = f"{PEOPLE.list_url}?columns=name&columns=cf_years&sort="
    assert names_in_order(text_of(visit(WHO, f"{address}cf_years"))) == ["张0", "张1", "张2"]
    assert names_in_order(text_of(visit(WHO, f"{address}-cf_years"))) == ["张1", "张0", "张2"]


def test_a_list_is_narrowed_to_a_tag_and_shows_it(county: County, visit: Visit) -> None:
    one, other, _third = people(county)
    made = tag(PEOPLE, one.pk, "骨干")
    page = text_of(visit(WHO, f"{PEOPLE.list_url}?columns=name&columns=tags&tags={made.slug}"))
    assert one.name in page
    assert other.name not in page
    assert '<span class="tag tag-grey">骨干</span>' in unescape(page)


def test_whoever_may_not_see_tags_has_neither_column_nor_filter(county: County, visit: Visit) -> None:
    asset, assets = county.assets["old"], WITH_OWN[0]
    tag(assets, asset.pk)
    page = text_of(visit("city_reader", f"{assets.list_url}?columns=tag&columns=tags"))
    assert asset.tag in page
    assert "待更新" not in page
    assert 'name="tags"' not in page


def test_a_persons_own_field_is_edited_and_shown(county: County, visit: Visit) -> None:
    add_field(PEOPLE, "phone_model", label_en="Telephone model")
    person = people(county)[0]
    form: Any = visit(WHO, PEOPLE.url("edit", person.pk), language="en")
    version = form.context["form"].initial["version"]
    data = {
        "name": person.name,
        "office": str(person.office_id),
        "version": version,
        "custom_phone_model": "P9",
    }
    assert visit(WHO, PEOPLE.url("edit", person.pk), data=data).status_code == 302
    page = text_of(visit(WHO, PEOPLE.url("", person.pk), language="en"))
    assert "Telephone model" in page
    assert "P9" in page
