"""What may not be edited any more is exported with the rest; handed in again as it is, nothing is wrong with it."""

from datetime import date

import pytest
from django.utils.translation import override

from itops.organisation.models import User
from tests.support.county import County
from tests.support.records import example
from tests.support.tables import exported, imported, table, wrong
from workforce.models import TrainingSession
from workforce.models.training import SessionState
from workforce.pages.sessions import TRAINING_SESSIONS

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(county: County) -> User:
    return county.users["county_administrator"]


@pytest.fixture
def held(county: County) -> TrainingSession:
    example(TRAINING_SESSIONS, county)
    TrainingSession.objects.update(state=SessionState.HELD)
    return TrainingSession.objects.get()


def test_a_session_that_was_held_comes_back_unchanged(held: TrainingSession, by: User) -> None:
    with override("en"):
        outcome = imported(TRAINING_SESSIONS, exported(TRAINING_SESSIONS, by), by)
    assert (outcome.problems, outcome.unchanged, outcome.written) == ([], 1, True)


def test_a_row_that_would_change_it_is_refused(held: TrainingSession, by: User) -> None:
    with override("en"):
        outcome = imported(TRAINING_SESSIONS, table(("ID", "Day"), (held.pk, "2026-03-09")), by)
    assert (wrong(outcome), outcome.written) == ([(2, "")], False)
    held.refresh_from_db()
    assert held.day == date(2026, 3, 2)
