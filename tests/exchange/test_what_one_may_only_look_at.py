"""Rows of a file about what its reader may look at but not change: they may say what is recorded, and nothing else."""

import pytest
from django.utils.translation import override

from inventory.models import Asset
from inventory.pages.assets import ASSETS
from itops.exchange.outcome import Outcome
from itops.organisation.actions.accounts import grant
from itops.organisation.models import Role, User
from tests.support.county import BY, County
from tests.support.tables import exported, imported, table, wrong

pytestmark = pytest.mark.django_db
REFUSED = "您可以查看此记录，但不能修改。"


@pytest.fixture
def reader(county: County) -> User:
    """Looks over the whole county, and looks after the equipment of Yanxi alone."""
    user = county.users["leadership"]
    grant(by=BY, user=user, role=Role.objects.get(code="it_staff"), place=county.yanxi)
    return user


@pytest.fixture
def elsewhere(county: County) -> Asset:
    return county.assets["old"]


def handed_in(by: User, *rows: tuple[object, ...]) -> Outcome:
    with override("en"):
        return imported(ASSETS, table(*rows), by)


def refused(outcome: Outcome) -> bool:
    return [str(problem.reason) for problem in outcome.problems] == [REFUSED] and not outcome.written


def test_an_export_of_all_comes_back_unchanged(reader: User) -> None:
    outcome = imported(ASSETS, exported(ASSETS, reader), reader)
    assert (outcome.problems, outcome.changed, outcome.added) == ([], 0, 0)
    assert (
        outcome.unchanged == ASSETS.visible(reader, "view").count() > ASSETS.visible(reader, "change").count()
    )


@pytest.mark.parametrize("column", ["ID", "Tag"])
def test_a_row_that_would_change_it_is_refused(column: str, reader: User, elsewhere: Asset) -> None:
    which = elsewhere.pk if column == "ID" else elsewhere.tag
    outcome = handed_in(reader, (column, "Name"), (which, "Mine now"))
    assert refused(outcome)
    elsewhere.refresh_from_db()
    assert elsewhere.name != "Mine now"


def test_it_is_not_drawn_into_ones_own_place(reader: User, elsewhere: Asset, county: County) -> None:
    outcome = handed_in(reader, ("ID", "Township"), (elsewhere.pk, county.yanxi.name))
    assert refused(outcome)
    elsewhere.refresh_from_db()
    assert elsewhere.place == county.xianxi


def test_a_tag_is_not_put_on_it(reader: User, elsewhere: Asset) -> None:
    outcome = handed_in(reader, ("ID", "Tags"), (elsewhere.pk, "mine"))
    assert outcome.problems
    assert not outcome.written


def test_what_is_not_seen_does_not_exist(reader: User, county: County) -> None:
    outcome = handed_in(reader, ("ID", "Name"), (county.assets["foreign"].pk, county.assets["foreign"].name))
    assert wrong(outcome) == [(2, "ID")]
