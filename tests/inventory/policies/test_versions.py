"""A policy is drafted, tried out, published for a day, never changed; each day is judged by what was in force on it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from inventory.actions.knowledge import known
from inventory.actions.marking import judged, mark
from inventory.actions.policies import draft_policy, drop_draft, layer, policies_on, publish, withdraw
from inventory.actions.trials import begin_trial, run_trial
from inventory.marks.judge import judge
from inventory.marks.kind import Kind
from inventory.marks.layers import laid_over
from inventory.marks.mark import Answer, Mark
from inventory.marks.policy import policy_for
from inventory.models import PolicyTrial, PolicyVersion, Repair, Standing
from itops.organisation.models import Place
from tests.support.county import County, add, endpoint_of

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
TOMORROW = TODAY + timedelta(days=1)
ONE_REPAIR = {"kind": {"computer": {"repairs": 1}}}


def draft(place: Place, settings: dict[str, Any] = ONE_REPAIR, **more: Any) -> PolicyVersion:
    given: dict[str, Any] = {"in_force_on": TODAY, "reason": "县里要求", "by": "刘敏"} | more
    return draft_policy(place=place, settings=settings, **given)


def published(place: Place, settings: dict[str, Any] = ONE_REPAIR, **more: Any) -> PolicyVersion:
    made = draft(place, settings, **more)
    run_trial(begin_trial(made, by="刘敏"))
    return publish(made, by="刘敏")


def outdated(county: County, name: str) -> Answer:
    return judged(TODAY, [county.assets[name].pk])[0].judgement.answer(Mark.OUTDATED)


@pytest.fixture(autouse=True)
def repaired_once(county: County) -> None:
    for name in ("good", "foreign"):
        Repair.objects.create(asset=county.assets[name], on=TODAY - timedelta(days=9), what="换硬盘")


def test_a_place_s_own_policy_judges_there_alone(county: County) -> None:
    assert (outdated(county, "good"), outdated(county, "foreign")) == (Answer.UNKNOWN, Answer.UNKNOWN)
    made = published(county.xianxi)
    assert (outdated(county, "good"), outdated(county, "foreign")) == (Answer.MARKED, Answer.UNKNOWN)
    mark(TODAY)
    standings = dict(Standing.objects.values_list("asset", "policy"))
    assert standings[county.assets["good"].pk] == made.version
    assert standings[county.assets["foreign"].pk] == "2026-1"


def test_yesterday_is_judged_by_what_was_in_force_yesterday(county: County) -> None:
    before = judged(TODAY - timedelta(days=1))
    published(county.county)
    assert outdated(county, "good") is Answer.MARKED
    assert judged(TODAY - timedelta(days=1)) == before
    assert policies_on(TODAY - timedelta(days=1)).of(county.xianxi.pk).version == "2026-1"


def test_a_policy_holds_from_its_day_on_and_its_follower_from_the_next(county: County) -> None:
    first = published(county.county, in_force_on=TOMORROW)
    second = published(county.county, {}, in_force_on=TOMORROW + timedelta(days=1))
    names = [policies_on(TODAY + timedelta(days=n)).of(county.yanxi.pk).version for n in range(3)]
    assert names == ["2026-1", first.version, second.version]


def test_names_count_through_the_year(county: County) -> None:
    year = TODAY.year
    assert [published(one).version for one in (county.county, county.xianxi)] == [f"{year}-2", f"{year}-3"]


def test_the_trial_counts_what_judging_everything_twice_counts(county: County) -> None:
    made = draft(county.county)
    trial = begin_trial(made, by="刘敏")
    run_trial(trial)
    usual = policy_for(TODAY)
    other = laid_over(usual, [layer(made)])
    inside = {one.pk for one in (county.county, county.xianxi, county.yanxi)}
    differ = {
        (one.asset, one_mark.value)
        for one in known(TODAY, usual)
        if one.place in inside
        for one_mark in Mark
        if judge(one.facts, usual, TODAY).answer(one_mark)
        is not judge(one.facts, other, TODAY).answer(one_mark)
    }
    assert differ
    assert set(trial.changes.values_list("asset", "mark")) == differ
    trial.refresh_from_db()
    assert (trial.state, trial.done) == (PolicyTrial.State.DONE, trial.total)


def test_a_trial_stores_no_verdict(county: County) -> None:
    before = list(Standing.objects.order_by("pk").values())
    run_trial(begin_trial(draft(county.county), by="刘敏"))
    assert list(Standing.objects.order_by("pk").values()) == before


def test_what_was_not_tried_as_it_stands_is_not_published(county: County) -> None:
    made = draft(county.county)
    with pytest.raises(ValidationError):
        publish(made, by="刘敏")
    run_trial(begin_trial(made, by="刘敏"))
    draft(county.county, {}, draft=made)
    with pytest.raises(ValidationError):
        publish(made, by="刘敏")


@pytest.mark.parametrize(
    ("settings", "more"),
    [
        (ONE_REPAIR, {"in_force_on": TODAY - timedelta(days=1)}),
        (ONE_REPAIR, {"reason": "  "}),
        ({"window_days": 3}, {}),
        ({"every_kind": {"silent_days": 3}}, {}),
        ({"kind": {"computer": {"needs": {"disk_gb": -1}}}}, {}),
        ({"shown_only": ["unused.chair.sat_on"]}, {}),
    ],
)
def test_what_cannot_be_used_is_refused(
    county: County, settings: dict[str, Any], more: dict[str, Any]
) -> None:
    with pytest.raises(ValidationError):
        draft(county.county, settings, **more)
    assert not PolicyVersion.objects.exists()


def test_two_of_a_place_never_start_on_one_day(county: County) -> None:
    published(county.county)
    with pytest.raises(ValidationError):
        published(county.county, {})
    published(county.xianxi)


@pytest.mark.parametrize(
    "change", [{"settings": {}}, {"in_force_on": TOMORROW}, {"reason": "x"}, {"published_on": None}]
)
def test_the_database_changes_no_published_one(county: County, change: dict[str, Any]) -> None:
    made = published(county.county)
    with pytest.raises(IntegrityError), transaction.atomic():
        PolicyVersion.objects.filter(pk=made.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        PolicyVersion.objects.filter(pk=made.pk).delete()
    with pytest.raises(ValidationError):
        drop_draft(made)


def test_it_is_withdrawn_before_its_day_and_never_after(county: County) -> None:
    coming, holds = published(county.county, in_force_on=TOMORROW), published(county.xianxi)
    withdraw(coming, by="刘敏")
    assert policies_on(TOMORROW).of(county.county.pk).version == "2026-1"
    with pytest.raises(ValidationError):
        withdraw(holds, by="刘敏")
    with pytest.raises(IntegrityError), transaction.atomic():
        PolicyVersion.objects.filter(pk=holds.pk).update(withdrawn_on=TODAY)


def test_how_many_ask_does_not_grow_with_places_and_assets(county: County) -> None:
    published(county.county)
    published(county.xianxi)
    with CaptureQueriesContext(connection) as few:
        judged(TODAY)
    behind = endpoint_of(county.assets["switch"])
    for number in range(5):
        add(county, county.xianxi, Kind.COMPUTER, f"AH-XX-9{number}", "电脑", users=1, behind=behind)
    published(county.yanxi)
    with CaptureQueriesContext(connection) as many:
        judged(TODAY)
    assert len(many) == len(few)
