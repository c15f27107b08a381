"""Changes of a confidential system, and of what passes into it, are never told to programs outside."""

import pytest

from inventory.models import BusinessSystem, Network, NetworkKind, SystemExchange, SystemUse
from inventory.queries.confidential import about_confidential
from itops.audit.models import Change
from itops.organisation.models import Office
from tests.support.county import County

pytestmark = pytest.mark.django_db


def test_changes_of_a_confidential_system_are_withheld(county: County) -> None:
    secret = Network.objects.create(name="机要内网", kind=NetworkKind.CONFIDENTIAL)
    inside = BusinessSystem.objects.create(name="机要系统", network=secret)
    outside = BusinessSystem.objects.create(name="统计系统", network=county.network)
    office = Office.objects.get(place=county.xianxi)
    first = Change.objects.latest("pk").pk
    BusinessSystem.objects.filter(pk=inside.pk).update(short="变更")
    SystemUse.objects.create(system=inside, office=office)
    SystemExchange.objects.create(name="外送", source=inside, target=outside, way="hand")
    SystemExchange.objects.create(name="内送", source=outside, target=inside, way="hand")
    withheld = set(Change.objects.filter(pk__gt=first).values_list("pk", flat=True))
    BusinessSystem.objects.filter(pk=outside.pk).update(note="变更")
    changes = list(Change.objects.filter(pk__gt=first))
    assert len(withheld) == 4
    assert about_confidential(changes) == withheld
    assert len(changes) == 5
