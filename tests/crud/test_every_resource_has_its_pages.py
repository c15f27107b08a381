"""Each resource has a list, a page, a form to add and to edit, and a form for many at once."""

import pytest

from itops.crud.lists import NOT_A_CONDITION
from itops.crud.resource import Resource
from itops.site.resources import RESOURCES
from planning.pages.projects import LEDGER_LINES
from tests.support.county import County
from tests.support.pages import Visit, text_of
from tests.support.records import example

pytestmark = pytest.mark.django_db

EVERY = pytest.mark.parametrize("resource", RESOURCES, ids=[one.name for one in RESOURCES])
# Lines of the ledger stay as they are written; another line takes one back.
CHANGED = [one for one in RESOURCES if one is not LEDGER_LINES]
EACH_CHANGED = pytest.mark.parametrize("resource", CHANGED, ids=[one.name for one in CHANGED])


@EVERY
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_list_shows_the_record(resource: Resource, county: County, visit: Visit, language: str) -> None:
    instance = example(resource, county)
    answer = visit("county_administrator", resource.url("list"), language=language)
    assert answer.status_code == 200
    ticked = f'value="{instance.pk}"' in text_of(answer)
    assert ticked is (resource in CHANGED)
    assert resource.url("", instance.pk) in text_of(answer)


@EVERY
def test_no_condition_is_called_what_every_list_is_asked_for(resource: Resource) -> None:
    """Its order, its page, its columns: what sorts a list would be a condition on it."""
    assert set(resource.filters.base_filters) & set(NOT_A_CONDITION) == set()


@EVERY
def test_the_record_has_a_page(resource: Resource, county: County, visit: Visit) -> None:
    instance = example(resource, county)
    assert visit("county_administrator", resource.url("", instance.pk)).status_code == 200


@EVERY
@pytest.mark.parametrize("page", ["add"])
def test_there_is_a_form_to_add_one(resource: Resource, county: County, visit: Visit, page: str) -> None:
    assert visit("county_administrator", resource.url(page)).status_code == 200


@EACH_CHANGED
@pytest.mark.parametrize("page", ["edit", "clone", "delete"])
def test_there_is_a_form_for_the_record(resource: Resource, county: County, visit: Visit, page: str) -> None:
    instance = example(resource, county)
    assert visit("county_administrator", resource.url(page, instance.pk)).status_code == 200


@EACH_CHANGED
def test_many_can_be_edited_at_once(resource: Resource, county: County, visit: Visit) -> None:
    instance = example(resource, county)
    data = {"action": "edit", "pk": str(instance.pk)}
    assert visit("county_administrator", resource.url("bulk"), data=data).status_code == 200


@pytest.mark.parametrize("page", ["edit", "delete"])
def test_nobody_changes_a_line_of_the_ledger(county: County, visit: Visit, page: str) -> None:
    instance = example(LEDGER_LINES, county)
    assert visit("county_administrator", LEDGER_LINES.url(page, instance.pk)).status_code == 403
