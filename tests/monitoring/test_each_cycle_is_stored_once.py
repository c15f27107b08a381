"""For each endpoint and cycle there is exactly one row: an answer or a stated gap; repetition changes nothing."""

from datetime import timedelta

import pytest

from inventory.models import EvidenceDay
from monitoring.actions.claim import claim, claim_named
from monitoring.actions.record import record
from monitoring.models import Outcome, Reading, State, StateCode
from tests.monitoring.building import MONDAY, answered, silent, township

pytestmark = pytest.mark.django_db


def test_recording_a_batch_twice_changes_nothing():
    county = township(computers=0)
    claims = claim(100, now=MONDAY)
    answers = [answered(one, in_bps=100.0) for one in claims]
    assert record(claims, answers) == 1
    before = list(EvidenceDay.objects.values())
    assert record(claims, answers) == 0
    assert list(EvidenceDay.objects.values()) == before
    assert Reading.objects.filter(endpoint=county.line).count() == 1


def test_a_late_worker_does_not_overwrite_the_one_that_took_over():
    county = township(computers=0)
    first = claim(100, now=MONDAY)
    second = claim(100, now=MONDAY + timedelta(minutes=3))
    record(second, [answered(one) for one in second])
    record(first, [silent(one) for one in first])
    rows = list(
        Reading.objects.filter(endpoint=county.line).order_by("cycle").values_list("cycle", "outcome")
    )
    minutes = [(cycle - MONDAY).total_seconds() / 60 for cycle, _ in rows]
    assert minutes == [0, 1, 2, 3]
    assert [outcome for _, outcome in rows] == [Outcome.NOT_ASKED] * 3 + [Outcome.ANSWERED]
    assert State.objects.get(endpoint=county.line).code == StateCode.UP


def test_cycles_missed_while_the_program_stood_still_are_stated_gaps_of_a_day_at_most():
    county = township(computers=0)
    now = MONDAY + timedelta(days=3, seconds=20)
    claims = claim(100, now=now)
    record(claims, [answered(one) for one in claims])
    gaps = Reading.objects.filter(endpoint=county.line, outcome=Outcome.NOT_ASKED)
    assert gaps.count() == 24 * 60
    assert State.objects.get(endpoint=county.line).cycle == MONDAY + timedelta(days=3, minutes=1)


def test_an_endpoint_asked_by_name_before_it_is_due_gets_a_row_of_its_own():
    county = township(computers=0, due=MONDAY + timedelta(minutes=1))
    claims = claim_named([county.line.pk], now=MONDAY)
    record(claims, [answered(one) for one in claims])
    assert list(Reading.objects.values_list("cycle", flat=True)) == [MONDAY]
