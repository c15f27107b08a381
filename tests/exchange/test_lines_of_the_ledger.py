"""Lines of the ledger are handed in as money is written, and what is wrong with their amounts is told in yuan."""

import pytest

from itops.exchange.outcome import Outcome
from itops.organisation.models import User
from planning.models import LedgerLine
from planning.pages.projects import LEDGER_LINES
from tests.support.county import County
from tests.support.records import example
from tests.support.tables import imported, table, wrong

pytestmark = pytest.mark.django_db
HEAD = ("项目", "资金来源", "类别", "账目", "日期", "金额（元）", "文号")


@pytest.fixture
def by(county: County) -> User:
    example(LEDGER_LINES, county)
    return county.users["county_administrator"]


def handed_in(amount: str, by: User) -> Outcome:
    known = LedgerLine.objects.earliest("pk")
    row = (known.project.number, known.source.name, "电脑", "拨付", "2026-03-02", amount, "甲-1")
    return imported(LEDGER_LINES, table(HEAD, row), by)


def test_an_amount_is_taken_in_yuan(by: User) -> None:
    assert handed_in("12.50", by).problems == []
    assert LedgerLine.objects.get(document="甲-1").fen == 1250


def test_an_amount_that_is_too_much_is_shown_as_the_file_says_it(by: User) -> None:
    (problem,) = handed_in("90000000000.00", by).problems
    assert (problem.value, str(problem.right)[:4]) == ("90000000000.00", "以元为单")


def test_a_line_that_stands_is_never_changed(by: User) -> None:
    known = LedgerLine.objects.earliest("pk")
    outcome = imported(LEDGER_LINES, table(("ID", "文号"), (known.pk, "乙-2")), by)
    assert (wrong(outcome), outcome.written) == ([(2, "")], False)
