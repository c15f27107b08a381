"""Numbers of staff are recorded on the office's page from a day on; today's number follows."""

from datetime import date, timedelta
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from itops.audit.models import Change
from itops.crud.directory import OFFICES
from itops.crud.staff_over_time import STAFF_NUMBERS
from itops.organisation.actions.staff import staff_on
from itops.organisation.models import Office, OfficeStaff
from itops.organisation.roles import DEFAULT_ROLES
from tests.support.county import County
from tests.support.pages import Visit, text_of

pytestmark = pytest.mark.django_db

WHO = "county_administrator"


@pytest.fixture
def office(county: County) -> Office:
    return Office.objects.get(place=county.xianxi)


def record(visit: Visit, who: str, office: Office, staff: str, days_ago: int) -> int:
    day = timezone.localdate() - timedelta(days=days_ago)
    data = {"starts": f"{day:%Y-%m-%d}", "staff": staff, "reason": "编制批复"}
    return visit(who, reverse("directory:office_staff", args=[office.pk]), data=data).status_code


def test_the_latest_number_holds_today_and_all_are_shown(visit: Visit, office: Office) -> None:
    OfficeStaff.objects.filter(office=office).delete()
    assert record(visit, WHO, office, "41", 10) == 302
    assert record(visit, WHO, office, "37", 400) == 302
    office.refresh_from_db()
    assert office.staff == 41
    page = text_of(visit(WHO, reverse("directory:office", args=[office.pk])))
    assert page.index("<b>41</b>") < page.index("<b>37</b>")
    assert Change.objects.filter(model="organisation.officestaff", reason="编制批复").count() == 2


def test_what_is_no_number_changes_nothing(visit: Visit, office: Office) -> None:
    before = OfficeStaff.objects.count()
    record(visit, WHO, office, "-3", 0)
    assert OfficeStaff.objects.count() == before


@pytest.mark.parametrize(("who", "status"), [("statistician", 302), ("leadership", 403), ("nobody", 404)])
def test_whoever_may_change_offices_may_record(who: str, status: int, visit: Visit, office: Office) -> None:
    assert record(visit, who, office, "5", 0) == status
    page = visit("leadership", reverse("directory:office", args=[office.pk]))
    assert "office_staff" not in text_of(page)
    assert reverse("directory:office_staff", args=[office.pk]) not in text_of(page)


@pytest.mark.parametrize("who", [*DEFAULT_ROLES, "nobody"])
def test_whoever_sees_offices_reads_their_numbers_and_whoever_changes_them_writes(
    who: str, county: County, client: Client
) -> None:
    client.force_login(county.users[who])
    own, foreign = (
        OfficeStaff.objects.filter(office__place=place).first() for place in (county.xianxi, county.foreign)
    )
    assert own is not None
    assert foreign is not None
    address = "/api/directory/staff-numbers/"
    seen = set(OFFICES.visible(county.users[who]).values_list("pk", flat=True))
    answer = client.get(f"{address}?limit=1000")
    assert answer.status_code == (200 if seen else 403)
    listed = {one["id"]: one["staff"] for one in answer.json().get("results", [])}
    assert listed == dict(OfficeStaff.objects.filter(office__in=seen).values_list("pk", "staff"))
    assert foreign.pk not in listed
    assert client.get(STAFF_NUMBERS.list_url).status_code == (200 if seen else 403)
    assert client.get(STAFF_NUMBERS.url("", foreign.pk)).status_code == 404
    changes = set(OFFICES.visible(county.users[who], "change").values_list("pk", flat=True))
    send = partial(client.patch, data={"staff": 3}, content_type="application/json")
    assert (send(f"{address}{own.pk}/").status_code == 200) == (own.office_id in changes)
    assert send(f"{address}{foreign.pk}/").status_code in (403, 404)
    new = {"office": foreign.office_id, "starts": "2020-01-01", "staff": 9}
    assert client.post(address, new, content_type="application/json").status_code in (400, 403)
    assert client.get(f"{STAFF_NUMBERS.list_url}add/").status_code == 404


def test_the_interface_adds_numbers_of_past_days_and_corrects_them(
    county: County, client: Client, office: Office
) -> None:
    client.force_login(county.users["statistician"])
    OfficeStaff.objects.filter(office=office).delete()
    address = "/api/directory/staff-numbers/"
    post, patch = (partial(send, content_type="application/json") for send in (client.post, client.patch))
    rows = [
        {"office": office.pk, "starts": day, "staff": n} for day, n in (("2020-01-01", 7), ("2024-07-01", 9))
    ]
    added = post(address, rows, headers={"X-Reason": "2019 list"})
    assert added.status_code == 201, added.content
    office.refresh_from_db()
    assert (office.staff, staff_on(date(2022, 5, 1))[office.pk]) == (9, 7)
    assert (
        Change.objects.filter(model="organisation.officestaff", reason="2019 list", action="add").count() == 2
    )
    latest = f"{address}{added.json()[1]['id']}/"
    assert patch(latest, {"staff": 11}).status_code == 200
    office.refresh_from_db()
    assert office.staff == 11
    assert post(address, rows[0]).status_code == 400
    assert client.delete(latest).status_code == 405


def test_they_leave_as_a_file(county: County, visit: Visit, office: Office) -> None:
    record(visit, WHO, office, "41", 10)
    answer = visit(WHO, reverse("exchange:officestaff_export_csv"))
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert f"{timezone.localdate() - timedelta(days=10):%Y-%m-%d},41" in text
