"""One incident explains all that is behind what is down; never observed stays never observed."""

from datetime import timedelta

import pytest

from monitoring.actions.claim import claim, claim_named
from monitoring.actions.record import CONFIRM_IN, record
from monitoring.models import Incident, Outcome, Reading, State, StateChange, StateCode
from tests.monitoring.building import MONDAY, answered, silent, township

pytestmark = pytest.mark.django_db


def cycle(now, answer):
    """Ask everything due, in rounds, as the poller does."""
    while claims := claim(100, now=now):
        record(claims, [answer(one) for one in claims])


def code(endpoint):
    return State.objects.get(endpoint=endpoint).code


def test_an_endpoint_that_never_answered_is_never_observed_not_down():
    county = township()
    for minute in range(3):
        cycle(MONDAY + timedelta(minutes=minute), silent)
    assert code(county.line) == StateCode.NEVER
    assert not Incident.objects.exists()


def test_a_line_that_falls_silent_is_asked_again_at_once_and_then_is_down():
    county = township()
    cycle(MONDAY, answered)
    cycle(MONDAY + timedelta(minutes=1), silent)
    assert code(county.line) == StateCode.SILENT
    assert State.objects.get(endpoint=county.line).cycle == MONDAY + timedelta(minutes=1) + CONFIRM_IN
    cycle(MONDAY + timedelta(minutes=1, seconds=3), silent)
    assert code(county.line) == StateCode.DOWN


def test_one_incident_explains_all_that_is_behind_a_line_and_closes_when_it_answers():
    county = township(computers=3)
    cycle(MONDAY, answered)
    for seconds in (60, 63, 300):
        cycle(MONDAY + timedelta(seconds=seconds), silent)
    incident = Incident.objects.get()
    assert incident.endpoint == county.line
    assert incident.explains == 4
    assert incident.opened == MONDAY
    assert {code(one) for one in (county.switch, *county.computers)} == {StateCode.UNREACHABLE}
    outcomes = Reading.objects.filter(endpoint__in=county.computers, cycle__gt=MONDAY).values_list(
        "outcome", flat=True
    )
    assert set(outcomes) == {Outcome.UNREACHABLE}
    cycle(MONDAY + timedelta(seconds=600), answered)
    incident.refresh_from_db()
    assert incident.closed is not None
    assert {code(one) for one in county.all} == {StateCode.UP}


def test_a_computer_that_is_off_opens_no_incident():
    county = township()
    cycle(MONDAY, answered)
    off = county.computers[0]
    for minute in (5, 10, 15):
        cycle(
            MONDAY + timedelta(minutes=minute),
            lambda one: silent(one) if one.target.key == off.pk else answered(one),
        )
    assert code(off) == StateCode.DOWN
    assert not Incident.objects.exists()


def test_what_answers_although_its_parent_does_not_is_up():
    county = township(computers=1)
    cycle(MONDAY, answered)
    switch = county.switch.pk
    cycle(
        MONDAY + timedelta(minutes=5), lambda one: silent(one) if one.target.key == switch else answered(one)
    )
    assert code(county.computers[0]) == StateCode.UP


def test_each_flip_of_state_is_kept_once():
    county = township(computers=0)
    cycle(MONDAY, answered)
    claims = claim_named([county.line.pk], now=MONDAY + timedelta(seconds=30))
    record(claims, [silent(one) for one in claims])
    record(claims, [silent(one) for one in claims])
    flips = StateChange.objects.filter(endpoint=county.line).order_by("at").values_list("before", "after")
    assert list(flips) == [(StateCode.NEVER, StateCode.UP), (StateCode.UP, StateCode.SILENT)]
