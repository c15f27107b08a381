"""What people record on an asset's page: a sighting, and a waiver with reason, author and end."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from inventory.actions.marking import mark
from inventory.models import Mark, Sighting, Waiver
from tests.support.county import County
from tests.support.pages import Visit, text_of


def sighting(county: County) -> str:
    return reverse("inventory:asset_sighting", args=[county.assets["codec"].pk])


def waiver(county: County) -> str:
    return reverse("inventory:asset_waive", args=[county.assets["codec"].pk])


def test_a_township_officer_records_having_found_it(county: County, visit: Visit) -> None:
    today = timezone.localdate()
    response = visit(
        "township_officer", sighting(county), data={"found": "yes", "on": f"{today}", "note": "在用"}
    )
    assert response.status_code == 302
    seen = Sighting.objects.get(asset=county.assets["codec"])
    assert (seen.found, seen.on, seen.note, seen.by) == (True, today, "在用", "township_officer")
    assert seen.place == county.xianxi


def test_not_found_becomes_a_mark_with_the_next_marking(county: County, visit: Visit) -> None:
    visit("it_staff", sighting(county), data={"found": "no", "on": f"{timezone.localdate()}"})
    mark(timezone.localdate())
    assert Mark.objects.filter(
        asset=county.assets["codec"], rule__endswith=".not_found", closed=None
    ).exists()


def test_a_sighting_of_tomorrow_is_refused_with_a_reason(county: County, visit: Visit) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    visit("it_staff", sighting(county), data={"found": "yes", "on": f"{tomorrow}"})
    assert not Sighting.objects.filter(asset=county.assets["codec"]).exists()
    assert "这一天还没到" in text_of(
        visit("it_staff", reverse("inventory:asset", args=[county.assets["codec"].pk]))
    )


def test_waiving_takes_the_mark_out_of_the_counts_at_once(county: County, visit: Visit) -> None:
    until = timezone.localdate() + timedelta(days=90)
    data = {
        "mark": "unused",
        "rule": "unused.video_endpoint.no_calls",
        "reason": "下月培训",
        "until": f"{until}",
    }
    assert visit("it_staff", waiver(county), data=data).status_code == 302
    kept = Waiver.objects.get(asset=county.assets["codec"])
    assert (kept.reason, kept.author, kept.until) == ("下月培训", "it_staff", until)
    assert Mark.objects.get(asset=county.assets["codec"], rule=data["rule"], closed=None).waived


def test_a_waiver_needs_a_reason_and_an_end_within_a_year(county: County, visit: Visit) -> None:
    today = timezone.localdate()
    for reason, until in (
        ("", today),
        ("x", today - timedelta(days=1)),
        ("x", today + timedelta(days=400)),
        ("  ", today),
    ):
        data = {"mark": "unused", "rule": "", "reason": reason, "until": f"{until}"}
        assert visit("it_staff", waiver(county), data=data).status_code == 302
    assert not Waiver.objects.exists()


def test_an_officer_may_not_waive(county: County, visit: Visit) -> None:
    data = {"mark": "unused", "rule": "", "reason": "x", "until": f"{timezone.localdate()}"}
    assert visit("township_officer", waiver(county), data=data).status_code == 403
