"""However a row is written, the change record says who did it, why, and what it was before."""

import pytest
from django.db import connection, transaction

from inventory.marks.kind import Kind
from inventory.models import Asset, Fact
from itops.audit.models import Action, Change, changes_of
from itops.database.actor import acting, because
from itops.organisation.models import Person, Place, User
from tests.support.office import one_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    return one_office()


def asset(place: Place, tag: str = "AH-1") -> Asset:
    return Asset(tag=tag, kind=Kind.COMPUTER.value, name="办公电脑", place=place, cost_fen=450_000)


def last(**conditions: object) -> Change:
    return Change.objects.filter(**conditions).latest("id")


def test_a_new_row_is_recorded_with_its_columns_and_its_place(place: Place) -> None:
    with acting("user:7", "新购"):
        new = asset(place)
        new.save()
    change = changes_of(new).get()
    assert (change.actor, change.reason, change.action) == ("user:7", "新购", Action.ADD)
    assert (change.model, change.object_id, change.place_id) == ("inventory.asset", new.pk, place.pk)
    assert change.before is None
    assert change.after is not None
    assert change.after["tag"] == "AH-1"
    assert "device_model_id" not in change.after  # nothing to say


def test_of_a_changed_row_only_the_columns_that_changed_are_kept(place: Place) -> None:
    new = asset(place)
    new.save()
    with acting("user:7"), because("登记有误"):
        new.name = "便携电脑"
        new.save()
    change = last(model="inventory.asset")
    assert (change.before, change.after) == ({"name": "办公电脑"}, {"name": "便携电脑"})
    assert (change.actor, change.reason) == ("user:7", "登记有误")


def test_saving_what_is_the_same_records_nothing(place: Place) -> None:
    new = asset(place)
    new.save()
    new.save()
    assert changes_of(new).count() == 1


def test_bulk_writes_are_recorded_row_by_row(place: Place) -> None:
    with acting("user:7"):
        Asset.objects.bulk_create(asset(place, f"AH-{n}") for n in range(5))
        Asset.objects.update(name="旧电脑")
        Asset.objects.all().delete()
    found = Change.objects.filter(model="inventory.asset", actor="user:7")
    assert [found.filter(action=action).count() for action in Action] == [5, 5, 5]
    assert found.values("at", "transaction").distinct().count() == 1


def test_a_deleted_row_is_kept_whole(place: Place) -> None:
    gone = asset(place)
    gone.save()
    with acting("user:7"):
        Asset.objects.all().delete()
    change = last(model="inventory.asset")
    assert change.action == Action.DELETE
    assert change.after is None
    assert change.before is not None
    assert change.before["cost_fen"] == 450_000


def test_copy_is_recorded_with_the_name(place: Place) -> None:
    columns = "tag, kind, name, place_id, location, serial, condition, note, archived, custom"
    with (
        acting("user:7", "导入台账"),
        transaction.atomic(),
        connection.cursor() as cursor,
        cursor.cursor.copy(f"COPY inventory_asset ({columns}) FROM STDIN") as copy,
    ):
        for number in range(3):
            copy.write_row(
                [f"AH-{number}", "computer", "办公电脑", place.pk, "", "", "in_use", "", False, "{}"]
            )
    found = Change.objects.filter(model="inventory.asset")
    assert set(found.values_list("actor", "reason", "action")) == {("user:7", "导入台账", "add")}
    assert found.count() == 3


def test_raw_sql_is_recorded_with_the_name(place: Place) -> None:
    asset(place).save()
    with acting("user:7"), connection.cursor() as cursor:
        cursor.execute("UPDATE inventory_asset SET serial = 'X1' WHERE tag = 'AH-1'")
    assert last(model="inventory.asset").actor == "user:7"


def test_whoever_is_not_named_is_the_database_login(place: Place) -> None:
    asset(place).save()
    assert last(model="inventory.asset").actor == "database:itops_app"


def test_what_probes_write_is_not_recorded(place: Place) -> None:
    new = asset(place)
    new.save()
    fact = Fact.objects.create(asset=new, name="memory_mb", observed="4096")
    Fact.objects.update(observed="8192")
    assert not Change.objects.filter(model="inventory.fact").exists()
    fact.declared = "8192"
    fact.save()
    change = last(of_model="inventory.asset", of_id=new.pk)
    assert (change.before, change.after, change.place_id) == (
        {"name": "memory_mb", "declared": ""},
        {"name": "memory_mb", "declared": "8192"},
        place.pk,
    )


def test_of_a_person_only_that_it_changed_is_recorded(place: Place) -> None:
    office = place.offices.get()
    person = Person.objects.create(office=office, name="刘敏", pinyin="liu min", post="信息管理员")
    person.name = "刘敏敏"
    person.save()
    assert last(model="organisation.person").withheld == ["name"]
    text = str(list(Change.objects.filter(model="organisation.person").values()))
    assert "刘敏" not in text
    assert "liu min" not in text


def test_a_password_is_never_recorded() -> None:
    account = User.objects.create_user("somebody", password="ein langes Kennwort")
    account.set_password("ein anderes Kennwort")
    account.save()
    assert last(model="organisation.user").withheld == ["password"]
    assert "argon2" not in str(list(Change.objects.filter(model="organisation.user").values()))
