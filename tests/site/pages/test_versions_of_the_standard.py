"""What a version of the standard asks is read on its page, also before it is in force."""

from datetime import timedelta

from django.utils import timezone

from inventory.models import Standard, StandardItem
from inventory.pages.standards import STANDARDS
from tests.support.county import County
from tests.support.pages import Visit, text_of


def test_a_coming_version_is_reached_and_says_what_it_asks(county: County, visit: Visit) -> None:
    coming = Standard.objects.create(name="2030 版", starts=timezone.localdate() + timedelta(days=9))
    item = StandardItem.objects.create(standard=coming, kind="computer", percent_of_staff=73)
    address = STANDARDS.url("", coming.pk)
    assert f'href="{address}"' in text_of(visit("leadership", "/standards/"))
    page = text_of(visit("leadership", address))
    assert "73%" in page
    assert f"/standard-items/{item.pk}/" in page


def test_a_version_without_items_says_so(county: County, visit: Visit) -> None:
    coming = Standard.objects.create(name="2030 版", starts=timezone.localdate() + timedelta(days=9))
    assert "尚未填写条目" in text_of(visit("leadership", STANDARDS.url("", coming.pk)))
