"""What lets most assets go unasked: gists of windows, the first day on which time changes something, bearings."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from inventory.blocks.signs import pack, unpack
from inventory.marks.bearing import OF_DAYS, shape, shape_of, steady, written
from inventory.marks.case import open_case
from inventory.marks.due import next_day
from inventory.marks.facts import AssetFacts
from inventory.marks.findings import Judgement
from inventory.marks.judge import judge, of_facts, verdict
from inventory.marks.judging import Judged
from inventory.marks.kind import Kind
from inventory.marks.policy import policy_for
from inventory.marks.signs import grid_of, read
from inventory.marks.window import LATER, Asked, Thresholds, Window, gists, look_back
from tests.marks.building import TODAY, asset, office_days
from tests.marks.test_properties import ASSETS

POLICY = policy_for(TODAY)


def fitness(facts: AssetFacts, day: date) -> tuple[object, ...]:
    """What the rules of fitness say, but for the end of the window, which is always today."""
    judgement = verdict(of_facts(open_case(facts, POLICY, day)), open_case(facts, POLICY, day))
    findings = [
        (one.rule, one.marking, one.numbers, one.since, judgement.waiver(one)) for one in judgement.findings
    ]
    return findings, judgement.lacks


def window_of(facts: AssetFacts) -> Window:
    return look_back(facts.days, facts.kind, TODAY, POLICY)


@given(ASSETS, ASSETS)
def test_of_a_window_its_gist_alone_decides(facts: AssetFacts, other: AssetFacts) -> None:
    """With any other numbers and days the rules say the same."""
    window, strange = window_of(facts), look_back(other.days, facts.kind, TODAY, POLICY)
    bearing = written(facts)
    said = [shape_of(bearing, POLICY, TODAY, one) for one in (window, strange._replace(gist=window.gist))]
    assert said[0] == said[1]


def test_other_gists_are_said_otherwise() -> None:
    used = asset(Kind.COMPUTER, days=office_days(60, users=1))
    idle = asset(Kind.COMPUTER, days=office_days(60, users=0))
    silent = asset(Kind.COMPUTER, days=office_days(60, seen=0))
    assert len({window_of(one).gist for one in (used, idle, silent)}) == 3
    assert len({shape_of(written(one), POLICY, TODAY, window_of(one)) for one in (used, idle, silent)}) == 3


@given(st.lists(ASSETS, min_size=1, max_size=4))
def test_gists_and_crossings_of_many_are_those_of_each_window(several: list[AssetFacts]) -> None:
    """Whatever kinds they are of."""
    start = TODAY - timedelta(days=POLICY.window_days - 1)
    grids = [grid_of(one.days, start, POLICY.window_days) for one in several]
    each = [read(grid, grid.numbers, one.kind, POLICY) for one, grid in zip(several, grids, strict=True)]
    limits = Thresholds.of([Asked(one.kind, POLICY) for one in several], [1] * len(several))
    found, crossed = gists(np.concatenate(each, axis=1), limits)
    for at, one in enumerate(several):
        window = window_of(one)
        assert window.gist == found[at]
        since = [window.silent_since, *(tally.idle_since for tally in window.tallies), None, None][:3]
        told = [None if row == LATER else start + timedelta(days=row) for row in crossed[:, at].tolist()]
        assert told == since


@given(st.lists(st.integers(0, 2**12 - 1)))
def test_signs_are_unpacked_as_they_were_packed(signs: list[int]) -> None:
    row, into = np.array(signs, np.uint16), np.full(len(signs), 7, np.uint16)
    unpack(pack(row), into)
    assert into.tolist() == signs


@given(ASSETS, st.integers(0, 800))
def test_until_the_day_that_is_due_time_alone_changes_nothing(facts: AssetFacts, more: int) -> None:
    last = facts.last_maintenance_on
    repairs = facts.repairs_12_months if last else 0
    last = min(last, TODAY) if last else None
    facts = replace(facts, days=(), last_maintenance_on=last, repairs_12_months=repairs)
    due = next_day(facts, POLICY, TODAY)
    assert due > TODAY
    day = min(TODAY + timedelta(days=more), due - timedelta(days=1))
    if policy_for(day) is POLICY and facts.kind is not Kind.NETWORK_LINK:
        assert fitness(facts, day) == fitness(facts, TODAY)


def test_maintenance_is_due_though_nobody_knows_since_when_it_is_in_service() -> None:
    facts = replace(asset(Kind.MACHINE_ROOM, last_maintenance_on=TODAY), in_service_on=None)
    due = next_day(facts, POLICY, TODAY)
    assert due < date.max
    assert fitness(facts, due) != fitness(facts, TODAY)


def test_the_end_of_support_is_due_on_the_day_after() -> None:
    facts = asset(Kind.PRINTER, model_end_of_support=TODAY + timedelta(days=9))
    due = next_day(facts, POLICY, TODAY)
    assert due == TODAY + timedelta(days=10)
    assert fitness(facts, due) != fitness(facts, TODAY)


@given(ASSETS)
def test_a_bearing_and_a_window_say_all_that_bears_on_presence_and_use(facts: AssetFacts) -> None:
    judgement = judge(facts, POLICY, TODAY)
    told = shape_of(written(facts), POLICY, TODAY, window_of(facts))
    assert told == shape(judgement, Judged.of(judgement).answers)


@given(ASSETS)
def test_numbers_do_not_change_the_shape_but_findings_do(facts: AssetFacts) -> None:
    judgement = judge(facts, POLICY, TODAY)
    answers = Judged.of(judgement).answers
    findings = tuple(replace(one, numbers={**one.numbers, "more": 1}) for one in judgement.findings)
    other = Judgement(findings, judgement.lacks, judgement.passes, judgement.waivers)
    assert shape(other, answers) == shape(judgement, answers)
    without = replace(judgement, findings=())
    told = any(one.mark in OF_DAYS for one in judgement.findings)
    assert (shape(without, answers) == shape(judgement, answers)) is not told


def test_numbers_counted_over_the_window_are_not_steady_and_facts_are() -> None:
    numbers = {"measured": 25, "threshold": 20, "found_on": "2026-08-01", "last_seen_on": "2026-10-01"}
    assert steady("missing", numbers) == {"threshold": 20, "found_on": "2026-08-01"}
    assert steady("outdated", numbers) == numbers


def test_signs_of_days_on_which_nobody_spoke_are_none() -> None:
    grid = grid_of((), TODAY, 3)
    assert not np.any(read(grid, grid.numbers, Kind.COMPUTER, POLICY))
