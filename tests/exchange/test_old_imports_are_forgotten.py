"""A month after it was handed in an import goes, and its file with it where nothing else needs the file."""

from datetime import timedelta

import pytest
from django.utils import timezone

from itops.exchange.actions import KEPT_FOR, begin, forget_old
from itops.exchange.models import ImportRun
from itops.files.models import StoredFile
from itops.files.store import path_of
from itops.organisation.models import User
from itops.site.exchange import EXCHANGE
from itops.site.jobs import forget_imports
from itops.site.schedule import TASKS
from tests.support.county import County

pytestmark = pytest.mark.django_db
LATER = timezone.now() + KEPT_FOR + timedelta(days=1)


@pytest.fixture
def by(county: County) -> User:
    return county.users["county_administrator"]


def handed_in(by: User, data: bytes) -> ImportRun:
    return begin(by=by, resource=EXCHANGE.resources["inventory.asset"], file_name="台账.csv", data=data)


def test_the_run_and_its_file_go(by: User) -> None:
    run = handed_in(by, b"forgotten one day")
    assert forget_old(timezone.now()) == 0
    assert path_of(run.sha256).exists()
    assert forget_old(LATER) == 1
    assert not ImportRun.objects.filter(pk=run.pk).exists()
    assert not path_of(run.sha256).exists()


def test_a_file_stays_while_a_later_run_needs_it(by: User) -> None:
    first, second = handed_in(by, b"twice"), handed_in(by, b"twice")
    ImportRun.objects.filter(pk=second.pk).update(created=LATER)
    assert forget_old(LATER) == 1
    assert path_of(first.sha256).exists()


def test_a_file_stays_that_also_hangs_on_something(by: User) -> None:
    run = handed_in(by, b"attached as well")
    StoredFile.objects.create(sha256=run.sha256, size=run.size, media_type="text/csv", uploaded_by=by)
    assert forget_old(LATER) == 1
    assert path_of(run.sha256).exists()


def test_a_file_stays_that_is_being_handed_in_again(by: User) -> None:
    run = handed_in(by, b"just now")
    ImportRun.objects.filter(pk=run.pk).update(created=timezone.now() - 2 * KEPT_FOR)
    assert forget_old(timezone.now()) == 1
    assert path_of(run.sha256).exists()


def test_it_is_done_by_itself() -> None:
    assert forget_imports.name in TASKS
