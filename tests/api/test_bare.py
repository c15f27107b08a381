"""Instances made without Django's initialisation are what Django would have made of the same rows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inventory.models import Asset, DeviceModel
from itops.api.bare import bare, keyed
from itops.organisation.models import Person
from tests.api.conftest import county
from tests.support.county import County

__all__ = ["county"]

pytestmark = pytest.mark.django_db


def test_every_column_is_there_as_django_reads_it(county: County) -> None:
    made = {one.pk: one for one in bare(Asset.objects.all(), long=True)}
    for asset in Asset.objects.all():
        assert made[asset.pk] == asset
        for field in Asset._meta.concrete_fields:
            assert made[asset.pk].__dict__[field.attname] == asset.__dict__[field.attname]


def test_what_is_joined_needs_no_further_question(county: County) -> None:
    people = bare(Person.objects.all(), joined=["office__place"])
    models = bare(DeviceModel.objects.all(), joined=["manufacturer", "asset_class"])
    with CaptureQueriesContext(connection) as queries:
        assert "仙溪镇" in {person.office.place.name for person in people}
        assert {str(model) for model in models} == {"Poly Studio X50"}
        assert [model.asset_class for model in models] == [None]
    assert not queries


def test_what_was_left_out_loads_when_asked_for(county: County) -> None:
    [model] = bare(DeviceModel.objects.all())
    assert "specification" not in model.__dict__
    assert (model.specification, model.note) == ({}, "")


def test_keys_are_told_as_one_array(county: County) -> None:
    keys = [county.assets[name].pk for name in ("old", "good")]
    assert set(keyed(Asset.objects.all(), keys).values_list("pk", flat=True)) == set(keys)
    assert not keyed(Asset.objects.all(), []).exists()
