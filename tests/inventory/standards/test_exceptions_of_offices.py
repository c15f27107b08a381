"""An exception for an office lies in the office's own place, whichever way it is written."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from inventory.models import StandardOverride
from itops.organisation.models import Office
from tests.support.county import County
from tests.support.pages import Visit, county, text_of, visit

__all__ = ["county", "visit"]

pytestmark = pytest.mark.django_db


def exception(county: County, office: Office) -> StandardOverride:
    return StandardOverride(
        place=county.xianxi,
        office=office,
        kind="computer",
        quantity=9,
        reason="并入两个村",
        starts=timezone.localdate(),
    )


def test_an_office_of_another_township_is_refused(county: County) -> None:
    with pytest.raises(ValidationError) as refused:
        exception(county, Office.objects.get(place=county.yanxi)).full_clean()
    assert list(refused.value.message_dict) == ["office"]


@pytest.mark.parametrize("office", ["of another township", "of nobody"])
def test_an_office_that_cannot_be_is_said_beside_its_field(office: str, county: County, visit: Visit) -> None:
    key = Office.objects.get(place=county.yanxi).pk if office == "of another township" else 999_999
    data = {
        **{"place": county.xianxi.pk, "office": key, "kind": "computer", "quantity": 9},
        **{"reason": "并入两个村", "starts": "2027-01-01"},
    }
    answer = visit("county_administrator", reverse("inventory:standardoverride_add"), data=data)
    assert answer.status_code == 422
    assert 'id="id_office_error"' in text_of(answer)


def test_an_office_of_the_township_is_taken(county: County) -> None:
    exception(county, Office.objects.get(place=county.xianxi)).full_clean()


def test_it_is_called_by_the_name_of_its_kind(county: County) -> None:
    with override("zh-hans"):
        assert str(exception(county, Office.objects.get(place=county.xianxi))) == "仙溪镇民政所 电脑: 9"
