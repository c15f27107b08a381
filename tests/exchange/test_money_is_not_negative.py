"""What something cost is not less than nothing, wherever it is entered."""

import pytest
from django.utils.translation import override

from inventory.pages.assets import ASSETS
from itops.crud.intake import take
from tests.support.county import County
from tests.support.tables import imported, table, wrong

pytestmark = pytest.mark.django_db


def test_it_is_refused_in_files(county: County) -> None:
    with override("en"):
        rows = table(("Tag", "Purchase cost (yuan)"), (county.assets["old"].tag, "-5"))
        outcome = imported(ASSETS, rows, county.users["it_staff"])
    assert (wrong(outcome), outcome.written) == ([(2, "Purchase cost (yuan)")], False)


def test_it_is_refused_over_rest(county: County) -> None:
    rows = [{"cost_fen": -500}, {"cost_fen": 0}]
    existing = [county.assets["old"], county.assets["room"]]
    taken = take(ASSETS, rows, user=county.users["it_staff"], existing=existing)
    assert [(problem.row, problem.field) for problem in taken.problems] == [(0, "cost_fen")]
