"""Accounts, roles, webhooks and looks at personal data leave as CSV, to those alone who may see the list."""

import csv
import io
import re

import pytest

from itops.notify.models import Webhook
from itops.organisation.actions.access_records import record_access
from itops.organisation.models import AccessRecord
from tests.support.county import County
from tests.support.pages import Visit, text_of

LISTS = {
    "/accounts/": "county_administrator",
    "/roles/": "county_administrator",
    "/webhooks/": "county_administrator",
    "/access-records/": "auditor",
}
EACH = pytest.mark.parametrize(("path", "who"), LISTS.items(), ids=[path.strip("/") for path in LISTS])


def exported(visit: Visit, who: str, address: str, language: str = "zh-hans") -> list[list[str]]:
    response = visit(who, address, language=language)
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


@EACH
def test_the_page_leads_to_its_file(path: str, who: str, county: County, visit: Visit) -> None:
    found = re.search(r'href="(export\.csv[^"]*)" download', text_of(visit(who, path)))
    assert found is not None
    head, *_rows = exported(visit, who, f"{path}{found[1]}")
    assert not re.search("[A-Za-z]", "".join(head))
    assert not re.search("[\u4e00-\u9fff]", "".join(exported(visit, who, f"{path}export.csv", "en")[0]))


@EACH
def test_nobody_else_gets_it(path: str, who: str, county: County, visit: Visit) -> None:
    assert visit("nobody", f"{path}export.csv").status_code == 403


def test_accounts_in_scope_that_meet_the_conditions(county: County, visit: Visit) -> None:
    rows = exported(visit, "county_administrator", "/accounts/export.csv?q=it_staff")[1:]
    assert [row[1] for row in rows] == ["it_staff"]
    assert "安化县" in rows[0][2]
    look = AccessRecord.objects.get(user=county.users["county_administrator"])
    assert (look.act, look.what, look.count) == ("export", "accounts", 1)


def test_roles(county: County, visit: Visit) -> None:
    names = [row[0] for row in exported(visit, "county_administrator", "/roles/export.csv")[1:]]
    assert "县管理员" in names
    assert len(names) == len(set(names)) >= 9


def test_webhooks_without_their_secrets(county: County, visit: Visit) -> None:
    Webhook.objects.create(
        place=county.county,
        name="=公文",
        url="https://10.0.0.1/hook",
        sorts=["inventory.asset"],
        actions=["change"],
        secret="s3cr3t",
    )
    rows = exported(visit, "county_administrator", "/webhooks/export.csv")
    assert rows[1][0] == "'=公文"
    assert "s3cr3t" not in str(rows)


def test_looks_that_meet_the_conditions_and_that_they_left(county: County, visit: Visit) -> None:
    record_access(county.users["it_staff"], what="person", of_whom="刘敏", count=1)
    record_access(county.users["it_staff"], what="people", count=7)
    rows = exported(visit, "auditor", "/access-records/export.csv?q=刘敏")[1:]
    assert [(row[4], row[5]) for row in rows] == [("刘敏", "1")]
    assert AccessRecord.objects.filter(user=county.users["auditor"], what="access_records").exists()
