"""What a cycle leaves as the day's evidence: minutes seen and observable, users, pages, content, MAC addresses."""

from datetime import date, timedelta

import pytest

from inventory.models import EndpointKey, EvidenceDay, Fact, KeyKind
from monitoring.actions.claim import claim, claim_named
from monitoring.actions.record import record
from tests.monitoring.building import MONDAY, answered, asset, bound, endpoint, silent, township, with_macs

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 16)
SATURDAY = MONDAY + timedelta(days=5)


def ask(one, now, answer):
    claims = claim_named([one.pk], now=now)
    record(claims, [answer(claim) for claim in claims])


def evidence(one, witness="snmp", day=DAY):
    return EvidenceDay.objects.get(endpoint=one, day=day, witness=witness)


def test_minutes_add_up_over_the_day():
    county = township(computers=1)
    pc = county.computers[0]
    ask(county.line, MONDAY, answered)
    ask(county.switch, MONDAY, answered)
    ask(pc, MONDAY, lambda claim: answered(claim, users=0.0))
    ask(pc, MONDAY + timedelta(minutes=5), lambda claim: answered(claim, users=2.0))
    ask(pc, MONDAY + timedelta(minutes=10), silent)
    day = evidence(pc)
    assert (day.observable_minutes, day.seen_minutes, day.users, day.used_minutes) == (15, 10, 2, 5)
    assert day.last_cycle == MONDAY + timedelta(minutes=10)
    assert not day.generated


def test_while_the_line_is_down_nothing_behind_it_is_observable():
    county = township(computers=1)
    ask(county.line, MONDAY, answered)
    ask(county.switch, MONDAY, silent)
    ask(county.computers[0], MONDAY, silent)
    day = evidence(county.computers[0])
    assert (day.open_minutes, day.observable_minutes, day.asked_minutes) == (5, 0, 0)


def test_outside_office_hours_being_silent_counts_against_nobody():
    county = township(computers=0)
    ask(county.line, MONDAY, answered)
    ask(county.line, SATURDAY, silent)
    day = evidence(county.line, day=date(2026, 11, 21))
    assert (day.open_minutes, day.observable_minutes, day.asked_minutes) == (0, 0, 1)


def test_printed_pages_are_the_growth_of_the_lifelong_count():
    county = township(computers=0)
    printer = endpoint(county.place, county.network, "127.9.0.50", "printer", MONDAY)
    for minutes, pages in ((0, 12000), (5, 12007), (10, 3), (15, 5)):
        now = MONDAY + timedelta(minutes=minutes)
        ask(printer, now, lambda claim, pages=pages: answered(claim, pages=float(pages)))
    assert evidence(printer).pages == 9


def test_a_computer_that_answers_nothing_is_seen_by_its_mac_address():
    county = township(computers=0)
    quiet = endpoint(county.place, county.network, "", "computer", MONDAY, behind=county.switch)
    other = endpoint(county.place, county.network, "", "computer", MONDAY, behind=county.switch)
    for one, mac in ((quiet, "aa:bb:cc:00:00:01"), (other, "aa:bb:cc:00:00:02")):
        EndpointKey.objects.create(endpoint=one, kind=KeyKind.MAC, value=mac, since=MONDAY)
    ask(county.line, MONDAY, answered)
    ask(county.switch, MONDAY, lambda claim: with_macs(answered(claim), "aa:bb:cc:00:00:01"))
    assert evidence(quiet, "mac_table").seen_minutes == 5
    assert evidence(other, "mac_table").seen_minutes == 0
    assert evidence(other, "mac_table").observable_minutes == 5


def test_observed_properties_stand_beside_what_people_recorded():
    county = township(computers=1)
    pc = asset(county.place, "AH-1")
    bound(county.computers[0], pc, since=MONDAY - timedelta(days=1))
    Fact.objects.create(asset=pc, name="memory_mb", declared="8192")
    described = {"description": "Hardware: x86 - Software: Windows 2000 Version 5.1 (Build 2600)"}
    ask(county.line, MONDAY, answered)
    ask(county.switch, MONDAY, answered)
    ask(county.computers[0], MONDAY, lambda claim: answered(claim, texts=described, memory_mb=2048.0))
    memory = Fact.objects.get(asset=pc, name="memory_mb")
    assert (memory.declared, memory.observed, memory.differs) == ("8192", "2048", True)
    assert Fact.objects.get(asset=pc, name="description").observed == described["description"]


def test_a_batch_costs_few_statements_whatever_its_size(django_assert_max_num_queries):
    township(computers=30)
    for _ in range(2):
        claims = claim(100, now=MONDAY)
        record(claims, [answered(one) for one in claims])
    claims = claim(100, now=MONDAY)
    assert len(claims) == 30
    with django_assert_max_num_queries(20):
        record(claims, [answered(one) for one in claims])
