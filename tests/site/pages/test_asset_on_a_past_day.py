"""The asset's page on a day that somebody chooses: that day's verdict, policy, window and numbers."""

from datetime import timedelta

import pytest
from django.utils import timezone

from inventory.actions.evidence import record_sighting
from inventory.actions.policies import draft_policy, publish
from inventory.actions.trials import begin_trial, run_trial
from inventory.marks.policy import policy_for
from inventory.models import EvidenceDay, Repair
from tests.own_database import OwnDatabase
from tests.support.county import County, endpoint_of, small_county
from tests.support.pages import Visit, text_of

TODAY = timezone.localdate()
YESTERDAY = TODAY - timedelta(days=1)


def page(visit: Visit, county: County, query: str = "", name: str = "good") -> str:
    return text_of(visit("it_staff", f"/assets/{county.assets[name].pk}/{query}", language="en"))


def content(text: str) -> str:
    """The verdict's column, without tokens of forms."""
    return text[text.index('<div class="cols c-2-1">') : text.index("From purchase until now")]


@pytest.mark.django_db
def test_the_day_s_policy_and_window_are_named(visit: Visit, county: County) -> None:
    Repair.objects.create(asset=county.assets["good"], on=TODAY - timedelta(days=9), what="换硬盘")
    made = draft_policy(
        place=county.xianxi,
        in_force_on=TODAY,
        settings={"every_kind": {"repairs": 1}, "window_days": 50},
        reason="试",
        by="刘敏",
    )
    run_trial(begin_trial(made, by="刘敏"))
    made = publish(made, by="刘敏")
    today, then = page(visit, county), page(visit, county, f"?date={YESTERDAY}")
    assert f'<a href="/policies/{made.pk}/">{made.version}</a>' in today
    assert f"{TODAY - timedelta(days=49)} – {TODAY}" in today
    assert '<a href="/policies/">2026-1</a>' in then
    assert f"{YESTERDAY - timedelta(days=89)} – {YESTERDAY}" in then


@pytest.mark.django_db
def test_the_days_of_evidence_are_counted(visit: Visit, county: County) -> None:
    then = page(visit, county, f"?date={YESTERDAY}")
    policy = policy_for(YESTERDAY)
    first = YESTERDAY - timedelta(days=policy.window_days - 1)
    days = EvidenceDay.objects.filter(
        endpoint=endpoint_of(county.assets["good"]), day__range=(first, YESTERDAY), open_minutes__gt=0
    )
    number = len({one.day for one in days})
    assert number > 20
    assert f"<dt>Office days</dt><dd>{number} days</dd>" in then
    assert f"<dt>Days that count</dt><dd>{number} days</dd>" in then


def test_what_is_entered_later_with_an_earlier_date_leaves_the_page_as_it_was(
    committing: OwnDatabase, client, settings
) -> None:
    """Sightings, repairs and corrections of today, dated before yesterday; the record was made ten days ago."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    county = small_county()
    with committing.owner.connect() as owner:
        owner.execute("UPDATE audit_change SET at = at - make_interval(days => 10)")
    client.force_login(county.users["it_staff"])
    client.cookies["django_language"] = "en"
    asset = county.assets["good"]
    address = f"/assets/{asset.pk}/?date={YESTERDAY}"
    before = text_of(client.get(address))
    record_sighting(asset, found=False, by="刘敏", on=YESTERDAY - timedelta(days=3))
    for _ in range(3):
        Repair.objects.create(asset=asset, on=YESTERDAY - timedelta(days=20), what="换硬盘")
    after, today = text_of(client.get(address)), text_of(client.get(f"/assets/{asset.pk}/"))
    assert content(after) == content(before)
    assert "4 entries were recorded after that day" in after
    assert "entries were recorded after that day" not in before
    assert content(today) != content(before)
