"""A policy on screen: written, tried out with links to what it would mark, published by those who may."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from inventory.actions.policies import draft_policy
from inventory.actions.trials import begin_trial, run_trial
from inventory.jobs import try_policy
from inventory.marks.kind import Kind
from inventory.marks.policy import policy_for
from inventory.models import PolicyVersion, Repair
from inventory.pages import policies as pages
from tests.support.county import County
from tests.support.pages import Visit, text_of

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
GIVEN = {"in_force_on": str(TODAY), "reason": "返修一次即列入", "computer-repairs": "1"}
SHOWN = {"shown_only": "outdated.*.past_minimum_years"}


def write(visit: Visit, county: County, who: str = "it_staff", **more: str) -> PolicyVersion:
    Repair.objects.create(asset=county.assets["good"], on=TODAY - timedelta(days=9), what="换硬盘")
    address = f"{reverse('inventory:policy_add')}?place={county.county.pk}"
    answer = visit(who, address, data=GIVEN | SHOWN | more)
    assert answer.status_code == 302, text_of(answer)
    return PolicyVersion.objects.latest("pk")


def test_a_draft_is_tried_out_and_names_what_it_would_mark(visit: Visit, county: County) -> None:
    made = write(visit, county)
    assert made.settings == {"kind": {"computer": {"repairs": 1}}}
    text = text_of(visit("it_staff", reverse("inventory:policy", args=[made.pk]), language="en"))
    assert "1 would be marked that is not" in text
    assert "AH-XX-06" in text
    assert "AH-XX-05" not in text
    more = visit("it_staff", reverse("inventory:policy_changes", args=[made.pk]) + "?mark=outdated&way=more")
    assert "AH-XX-06" in text_of(more)


def test_it_is_published_and_listed_as_in_force(visit: Visit, county: County) -> None:
    made = write(visit, county)
    visit("it_staff", reverse("inventory:policy_publish", args=[made.pk]), data={})
    made.refresh_from_db()
    assert (made.published_on, made.version) == (TODAY, f"{TODAY.year}-2")
    text = text_of(visit("township_officer", reverse("inventory:policies"), language="en"))
    assert "1 place decides by its own numbers" in text


def test_the_form_shows_the_place_s_numbers_and_saves_them_unchanged(visit: Visit, county: County) -> None:
    made = write(visit, county, **{"machine_room-maintenance_months": "0", "window_days": "60"})
    settings = made.settings
    text = text_of(visit("it_staff", reverse("inventory:policy_edit", args=[made.pk])))
    assert 'name="computer-repairs" value="1"' in text
    assert 'placeholder="3584"' in text
    again = GIVEN | SHOWN | {"machine_room-maintenance_months": "0", "window_days": "60"}
    visit("it_staff", reverse("inventory:policy_edit", args=[made.pk]), data=again)
    made.refresh_from_db()
    assert made.settings == settings
    assert settings["kind"]["machine_room"] == {"maintenance_months": None}


def test_what_equals_what_holds_around_the_place_is_not_kept(visit: Visit, county: County) -> None:
    made = write(visit, county, **{"window_days": "90", "every_kind-repairs": "3"})
    assert made.settings == {"kind": {"computer": {"repairs": 1}}}


def test_nonsense_is_shown_beside_its_field(visit: Visit, county: County) -> None:
    address = f"{reverse('inventory:policy_add')}?place={county.county.pk}"
    answer = visit("it_staff", address, data=GIVEN | {"window_days": "1"})
    assert answer.status_code == 422
    yesterday = GIVEN | {"in_force_on": str(TODAY - timedelta(days=1))}
    assert visit("it_staff", address, data=yesterday).status_code == 422
    assert not PolicyVersion.objects.exists()


@pytest.mark.parametrize(
    "who", ["township_officer", "leadership", "auditor", "statistician", "machine", "nobody"]
)
def test_who_may_not_decide_changes_nothing(visit: Visit, county: County, who: str) -> None:
    made = write(visit, county)
    for name in ("policy_edit", "policy_try", "policy_publish", "policy_withdraw", "policy_drop"):
        answer = visit(who, reverse(f"inventory:{name}", args=[made.pk]), data=GIVEN)
        assert answer.status_code in (403, 404), name
    assert visit(who, reverse("inventory:policy_add"), data=GIVEN).status_code == 403
    made.refresh_from_db()
    assert made.is_draft


def test_another_county_s_draft_is_not_seen(visit: Visit, county: County) -> None:
    made = draft_policy(
        place=county.foreign, in_force_on=TODAY, settings={"window_days": 60}, reason="试", by="外人"
    )
    assert visit("it_staff", reverse("inventory:policy", args=[made.pk])).status_code == 404
    assert "马迹塘" not in text_of(visit("it_staff", reverse("inventory:policies")))


def test_many_assets_are_tried_in_the_background(
    visit: Visit, county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "AT_ONCE", 0)
    made = write(visit, county)
    trial = made.trials.get()
    assert trial.busy
    text = text_of(visit("it_staff", reverse("inventory:policy", args=[made.pk]), language="en"))
    assert 'role="progressbar"' in text
    assert "hx-trigger" in text
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'inventory.jobs.try_policy'")
        assert [json.loads(args) for (args,) in cursor.fetchall()] == [{"trial": trial.pk}]
    try_policy(trial=trial.pk)
    trial.refresh_from_db()
    assert (trial.state, trial.done) == ("done", trial.total)


def test_the_list_asks_no_more_for_more_versions(visit: Visit, county: County) -> None:
    write(visit, county)
    with CaptureQueriesContext(connection) as few:
        visit("it_staff", reverse("inventory:policies"))
    for place in (county.xianxi, county.yanxi):
        made = draft_policy(
            place=place, in_force_on=TODAY, settings={"window_days": 60}, reason="试", by="刘敏"
        )
        run_trial(begin_trial(made, by="刘敏"))
    with CaptureQueriesContext(connection) as many:
        visit("it_staff", reverse("inventory:policies"))
    assert len(many) == len(few)


def test_the_page_says_what_holds_where_nothing_is_laid_down(county: County, visit: Visit) -> None:
    """Before any policy: the numbers that come with the program, and what to do to decide otherwise."""
    limits = policy_for(timezone.localdate())
    computer = limits.kinds[Kind.COMPUTER]
    said = text_of(visit("it_staff", "/policies/", language="en"))
    assert f"Silent for {computer.silent_office_days} office days" in said
    assert f"repaired {computer.repairs} times in 12 months" in said
    assert f"fewer days than {computer.used_days_below} of the last {limits.window_days}" in said
    assert ("New policy. It is tried out" in said) == bool(
        county.users["it_staff"].held.get("inventory.add_policyversion")
    )
