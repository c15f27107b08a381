"""Waivers on one page: in force, ending soon, ended; added with reason and end, ended before their day."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from inventory.actions.waivers import end_waiver, waive
from inventory.models import Mark, Waiver
from tests.support.county import County
from tests.support.pages import Visit, text_of

TODAY = timezone.localdate()
PAGE = "/waivers/"


def given(tag: str = "AH-XX-04", **more: str) -> dict[str, str]:
    return {"tag": tag, "mark": "unused", "what": "", "reason": "下月培训", "until": f"{TODAY}"} | more


def waived(county: County, name: str = "codec", days: int = 5, rule: str = "") -> Waiver:
    until = TODAY + timedelta(days=days)
    return waive(county.assets[name], mark="unused", rule=rule, reason="下月培训", until=until, by="刘敏")


def stands(county: County) -> bool:
    return Mark.objects.get(asset=county.assets["codec"], mark="unused", closed=None).waived


def test_one_is_added_by_the_asset_s_number(county: County, visit: Visit) -> None:
    assert visit("it_staff", PAGE, data=given(what="unused.no_calls")).status_code == 302
    made = Waiver.objects.get()
    assert (made.rule, made.author, made.until) == ("unused.video_endpoint.no_calls", "it_staff", TODAY)
    assert stands(county)


@pytest.mark.parametrize(
    "wrong",
    [
        {"tag": "AH-00-00"},
        {"tag": "TJ-01"},
        {"what": "outdated.unsupported_os"},
        {"what": "unused.no_pages"},
        {"until": f"{TODAY - timedelta(days=1)}"},
        {"reason": " "},
    ],
)
def test_what_makes_no_sense_is_refused(county: County, visit: Visit, wrong: dict[str, str]) -> None:
    assert visit("it_staff", PAGE, data=given(**wrong)).status_code == 422
    assert not Waiver.objects.exists()


def test_those_that_end_soon_are_counted_apart(county: County, visit: Visit) -> None:
    waived(county, days=30)
    waived(county, "good", days=31)
    Waiver.objects.create(
        asset=county.assets["old"],
        mark="outdated",
        reason="x",
        author="x",
        starts=TODAY - timedelta(days=9),
        until=TODAY - timedelta(days=1),
    )
    text = text_of(visit("it_staff", PAGE, language="en"))
    assert "<b>2 waivers are in force</b>, 1 ends within 30 days" in text
    assert text.index("AH-XX-04") < text.index("AH-XX-06")
    soon = text_of(visit("it_staff", f"{PAGE}?state=soon", language="en"))
    assert ("AH-XX-04" in soon, "AH-XX-06" in soon, "AH-XX-05" in soon) == (True, False, False)
    ended = text_of(visit("it_staff", f"{PAGE}?state=ended", language="en"))
    assert ("AH-XX-04" in ended, "AH-XX-05" in ended) == (False, True)


def test_it_is_ended_and_the_finding_marks_again(county: County, visit: Visit) -> None:
    made = waived(county)
    assert stands(county)
    visit("it_staff", reverse("inventory:waiver_end", args=[made.pk]), data={})
    made.refresh_from_db()
    assert (made.until, made.ended_on, made.ended_by) == (TODAY - timedelta(days=1), TODAY, "it_staff")
    assert not stands(county)


def test_another_waiver_still_covers(county: County) -> None:
    made = waived(county)
    waived(county, rule="unused.video_endpoint.no_calls")
    end_waiver(made, by="刘敏")
    assert stands(county)


def test_an_officer_looks_and_a_stranger_sees_none(county: County, visit: Visit) -> None:
    made = waived(county)
    officer = visit("township_officer", PAGE, language="en")
    assert "AH-XX-04" in text_of(officer)
    assert "New waiver" not in text_of(officer)
    assert visit("township_officer", PAGE, data=given()).status_code == 403
    assert (
        visit("township_officer", reverse("inventory:waiver_end", args=[made.pk]), data={}).status_code == 403
    )
    assert visit("nobody", PAGE).status_code in (403, 404)


def test_the_page_asks_no_more_for_more_rows(county: County, visit: Visit) -> None:
    waived(county)
    visit("it_staff", PAGE)
    with CaptureQueriesContext(connection) as few:
        visit("it_staff", PAGE)
    for name in ("good", "old", "switch"):
        waived(county, name)
    with CaptureQueriesContext(connection) as many:
        visit("it_staff", PAGE)
    assert len(many) == len(few)
