"""A person settles a doubt on the page: the endpoint becomes the owner's, or all stays."""

import pytest
from django.urls import reverse
from django.utils import timezone

from inventory.models import Asset, Binding, Doubt
from tests.support.county import County, endpoint_of
from tests.support.pages import Visit, text_of


@pytest.fixture
def moved(county: County) -> Doubt:
    """The serial number of Xianxi's good computer is said by the endpoint of Yanxi's lost one."""
    good = county.assets["good"]
    Asset.objects.filter(pk=good.pk).update(serial="PF5555")
    return Doubt.objects.create(
        endpoint=endpoint_of(county.assets["lost"]),
        other=endpoint_of(good),
        sort=Doubt.Sort.MOVED,
        detail={"serial": "PF5555", "recorded": "", "asset": county.assets["lost"].pk, "owner": good.pk},
        opened=timezone.now(),
    )


def test_doubts_wait_in_words_with_both_choices(moved: Doubt, visit: Visit) -> None:
    text = text_of(visit("it_staff", reverse("monitoring:overview"), language="en"))
    assert "says serial number PF5555, which belongs to AH-XX-06 办公电脑 204" in text
    assert "It is AH-XX-06 now" in text
    assert text.count("Leave as it is") == 2


def test_rebinding_makes_the_endpoint_the_owners(moved: Doubt, county: County, visit: Visit) -> None:
    response = visit("it_staff", reverse("monitoring:settle_doubt", args=[moved.pk]), data={"rebind": "1"})
    assert response.status_code == 302
    assert Binding.objects.current().get(endpoint=moved.endpoint).asset == county.assets["good"]
    moved.refresh_from_db()
    assert (moved.decision, moved.settled_by) == ("rebound", "it_staff")


def test_leaving_it_rebinds_nothing(moved: Doubt, county: County, visit: Visit) -> None:
    visit("it_staff", reverse("monitoring:settle_doubt", args=[moved.pk]), data={"rebind": "0"})
    assert Binding.objects.current().get(endpoint=moved.endpoint).asset == county.assets["lost"]
    moved.refresh_from_db()
    assert moved.decision == "kept"


def test_a_settled_doubt_cannot_be_settled_again(moved: Doubt, visit: Visit) -> None:
    path = reverse("monitoring:settle_doubt", args=[moved.pk])
    visit("it_staff", path, data={"rebind": "0"})
    assert visit("it_staff", path, data={"rebind": "1"}).status_code == 404


def test_looking_at_the_address_changes_nothing(moved: Doubt, visit: Visit) -> None:
    assert visit("it_staff", reverse("monitoring:settle_doubt", args=[moved.pk])).status_code == 405


def test_a_doubt_of_another_place_is_not_found(moved: Doubt, visit: Visit) -> None:
    path = reverse("monitoring:settle_doubt", args=[moved.pk])
    assert visit("township_officer", path, data={"rebind": "1"}).status_code == 404
