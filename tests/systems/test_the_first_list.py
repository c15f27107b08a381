"""The first list enters the register once; what people changed stays."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from inventory.models import BusinessSystem, Network, NetworkKind
from inventory.models.system import RunBy, Stage
from inventory.systems.first_list import first_list

pytestmark = pytest.mark.django_db


def load() -> list[str]:
    out = StringIO()
    call_command("load_systems", "--json", stdout=out)
    added: list[str] = json.loads(out.getvalue())["added"]
    return added


def test_all_of_it_enters_once() -> None:
    assert load() == [one.name for one in first_list()]
    assert load() == []


def test_each_is_what_its_own_form_would_take() -> None:
    load()
    for system in BusinessSystem.objects.all():
        system.full_clean()
        assert (bool(system.short), bool(system.name_en)) == (True, True)
        assert {system.stage, system.run_by} <= {"", *Stage.values, *RunBy.values}


def test_the_confidential_one_is_on_a_confidential_network() -> None:
    load()
    assert [one.short for one in BusinessSystem.objects.all() if one.confidential] == ["机要内网"]


def test_a_confidential_network_that_is_there_is_taken() -> None:
    there = Network.objects.create(name="机要网", kind=NetworkKind.CONFIDENTIAL)
    load()
    assert BusinessSystem.objects.get(network=there).short == "机要内网"


def test_what_people_changed_stays() -> None:
    load()
    BusinessSystem.objects.filter(short="财务管理").update(run_by="county")
    BusinessSystem.objects.filter(short="低保").delete()
    assert len(load()) == 1
    assert BusinessSystem.objects.get(short="财务管理").run_by == "county"
