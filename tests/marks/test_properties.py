"""What must hold for every asset, whatever was observed of it."""

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from inventory.marks.facts import AssetFacts, Day, OperatingSystem, Sighting, Waiver, Witness
from inventory.marks.findings import Lacking
from inventory.marks.kind import Condition, Kind
from inventory.marks.mark import Answer, Mark
from inventory.marks.rules import RULES
from tests.marks.building import TODAY, asset, office_days, outcomes, then, verdict

WITNESSES = st.sampled_from([frozenset(), frozenset({Witness.SNMP}), frozenset({Witness.PERSON})])
FEW = st.sampled_from([None, 0, 1, 2])
MINUTES = st.sampled_from([0, 100, 240, 480])
DATES = st.dates(date(2012, 1, 1), date(2030, 1, 1))
NO_USE = {
    "users": 0,
    "calls": 0,
    "pages": 0,
    "content_changes": 0,
    "busy_minutes": 0,
    "display_on_minutes": 0,
}
HABITS: list[dict[str, Any]] = [
    NO_USE,
    NO_USE | {"line_share_p95": 9000},
    NO_USE | {"generated": True},
    {"users": 1, "calls": 1, "pages": 1, "content_changes": 1, "busy_minutes": 300, "line_share_p95": 900},
    {"seen": 400},
    {"seen": 0},
    {"seen": 0, "generated": True},
    {"seen": 0, "observable_minutes": 0},
]
ODD_DAYS = st.builds(
    Day,
    day=st.dates(date(2026, 8, 1), TODAY),
    open_minutes=MINUTES,
    observable_minutes=MINUTES,
    seen_minutes=MINUTES,
    asked_minutes=MINUTES,
    users=FEW,
    calls=FEW,
    call_minutes=FEW,
    busy_minutes=FEW,
    witnesses=WITNESSES,
    generated=st.booleans(),
)


@st.composite
def evidence(draw: st.DrawFn) -> tuple[Day, ...]:
    """Some stretches of days, each with a habit, and a few odd days among them."""
    stretches = st.tuples(st.integers(5, 70), st.sampled_from(HABITS))
    habits = [{"count": count} | habit for count, habit in draw(st.lists(stretches, min_size=1, max_size=3))]
    days = {day.day: day for day in then(*habits)}
    days |= {day.day: day for day in draw(st.lists(ODD_DAYS, max_size=2))}
    return tuple(days[day] for day in sorted(days))


SIGHTINGS = st.lists(
    st.builds(
        Sighting, on=st.dates(date(2025, 6, 1), date(2026, 12, 1)), found=st.booleans(), by=st.just("Liu Min")
    ),
    max_size=3,
).map(tuple)
SYSTEMS = st.one_of(
    st.none(),
    st.builds(
        OperatingSystem,
        name=st.just("any"),
        end_of_support=st.one_of(st.none(), DATES),
        ended=st.sampled_from([None, True, False]),
        edition_unknown=st.booleans(),
        earliest_end=st.one_of(st.none(), DATES),
        latest_end=st.one_of(st.none(), DATES),
    ),
)
ASSETS = st.builds(
    AssetFacts,
    kind=st.sampled_from(Kind),
    condition=st.integers(0, 11).map(lambda number: ([Condition.IN_USE] * 8 + list(Condition))[number]),
    in_service_on=st.one_of(st.none(), DATES),
    minimum_years=st.one_of(st.none(), st.integers(1, 10)),
    probed=st.integers(0, 9).map(lambda number: number < 9),
    confidential=st.integers(0, 9).map(lambda number: number == 9),
    operating_system=SYSTEMS,
    memory_mb=st.one_of(st.none(), st.integers(512, 16_000)),
    disk_gb=st.one_of(st.none(), st.integers(40, 500)),
    processor_released=st.one_of(st.none(), DATES),
    line_mbps=st.one_of(st.none(), st.integers(1, 200)),
    needs=st.sampled_from([{}, {"memory_mb": 8000, "line_mbps": 100}]),
    repairs_12_months=st.integers(0, 5),
    last_maintenance_on=st.one_of(st.none(), DATES),
    sightings=SIGHTINGS,
    days=evidence(),
    first_observed_on=st.sampled_from([date(2025, 1, 6), date(2026, 11, 2), None]),
)


def marked(facts: AssetFacts, today: date = TODAY) -> set[Mark]:
    judgement = verdict(facts, today)
    return {mark for mark in Mark if judgement.answer(mark) is Answer.MARKED}


@given(ASSETS)
def test_the_same_facts_always_give_the_same_verdict(facts: AssetFacts) -> None:
    assert verdict(facts) == verdict(replace(facts, days=tuple(replace(day) for day in facts.days)))


@given(ASSETS)
def test_every_rule_has_a_known_name_and_every_finding_began_by_today(facts: AssetFacts) -> None:
    judgement = verdict(facts)
    for outcome in outcomes(judgement):
        assert outcome.rule in RULES
        assert outcome.rule.startswith(f"{outcome.mark}.{facts.kind}.")
        assert all(isinstance(number, (int, str)) for number in outcome.numbers.values())
    for finding in judgement.findings:
        assert finding.since <= TODAY == finding.window_to
        assert finding.window_from <= TODAY


@given(ASSETS)
def test_no_rule_answers_twice(facts: AssetFacts) -> None:
    judgement = verdict(facts)
    names = [outcome.rule for outcome in outcomes(judgement)]
    assert len(names) == len(set(names))


@given(ASSETS)
def test_clear_is_only_what_was_really_judged(facts: AssetFacts) -> None:
    judgement = verdict(facts)
    for mark in Mark:
        if judgement.answer(mark) is Answer.CLEAR:
            assert any(passed.mark is mark for passed in judgement.passes)
            assert not any(lack.mark is mark for lack in judgement.lacks)


@given(ASSETS, st.integers(1, 60))
def test_more_silence_never_ends_a_missing_mark(facts: AssetFacts, more: int) -> None:
    facts = replace(facts, first_observed_on=date(2025, 1, 6))
    if Mark.MISSING not in marked(facts):
        return
    later = TODAY + timedelta(days=more)
    silence = tuple(day for day in office_days(60, until=later, seen=0) if day.day > TODAY)
    nobody_looked = tuple(seen for seen in facts.sightings if seen.on <= TODAY)
    answer = verdict(replace(facts, days=(*facts.days, *silence), sightings=nobody_looked), later)
    assert answer.answer(Mark.MISSING) is Answer.MARKED


@given(ASSETS, st.integers(0, 99), st.integers(0, 99))
def test_an_outage_never_adds_a_mark(facts: AssetFacts, first: int, length: int) -> None:
    """Where the outage hides a sign that was there, more can only be unknown: those days are left alone.

    One exchange is right: of what is missing nobody can say that it stands unused; too short a silence takes that back.
    """
    added = marked(replace(facts, days=_cut(facts.days, first, length))) - marked(facts)
    not_located = {lack.mark for lack in verdict(facts).lacks if lack.code is Lacking.NOT_LOCATED}
    assert added <= not_located


def test_an_outage_may_leave_unused_what_silence_had_made_missing() -> None:
    days = then({"count": 17, "users": 0}, {"count": 20, "seen": 0})
    facts = asset(Kind.COMPUTER, days=days)
    assert marked(facts) == {Mark.MISSING}
    assert marked(replace(facts, days=_cut(days, len(days) - 1, 1))) == {Mark.UNUSED}


def _cut(days: tuple[Day, ...], first: int, length: int) -> tuple[Day, ...]:
    return tuple(
        replace(day, observable_minutes=0) if first <= index < first + length else day
        for index, day in enumerate(days)
    )


@given(ASSETS, st.randoms(use_true_random=False))
def test_the_order_of_sightings_does_not_matter(facts: AssetFacts, order: random.Random) -> None:
    shuffled = list(facts.sightings)
    order.shuffle(shuffled)
    assert verdict(replace(facts, sightings=tuple(shuffled))) == verdict(facts)


@given(ASSETS)
def test_never_observed_is_never_missing_unless_a_person_looked(facts: AssetFacts) -> None:
    unseen = tuple(replace(day, seen_minutes=0, witnesses=frozenset()) for day in facts.days)
    never = replace(facts, days=unseen, first_observed_on=None, sightings=())
    assert not marked(never) & {Mark.MISSING, Mark.UNUSED}


@given(ASSETS, st.sampled_from(Mark), st.integers(-2, 2))
def test_a_waiver_only_turns_marked_into_waived(facts: AssetFacts, mark: Mark, days: int) -> None:
    waiver = Waiver(mark=mark, until=TODAY + timedelta(days=days), reason="said so", author="head")
    before, after = verdict(facts), verdict(replace(facts, waivers=(waiver,)))
    assert (before.findings, before.lacks, before.passes) == (after.findings, after.lacks, after.passes)
    for one in Mark:
        changes = (
            {before.answer(one), after.answer(one)} if before.answer(one) != after.answer(one) else set()
        )
        assert changes <= {Answer.MARKED, Answer.WAIVED}
    assert after.answer(mark) is not Answer.MARKED or days < 0


@given(ASSETS)
def test_on_a_confidential_network_only_people_make_it_missing_or_unused(facts: AssetFacts) -> None:
    secret = replace(facts, confidential=True, sightings=())
    assert not marked(secret) & {Mark.MISSING, Mark.UNUSED}


@given(ASSETS)
def test_put_away_it_is_never_unused(facts: AssetFacts) -> None:
    for condition in (Condition.IN_STORAGE, Condition.UNDER_REPAIR):
        assert Mark.UNUSED not in marked(replace(facts, condition=condition))


@given(ASSETS)
def test_a_past_day_is_judged_by_what_was_there_then(facts: AssetFacts) -> None:
    past = TODAY - timedelta(days=20)
    known_then = replace(
        facts,
        days=tuple(day for day in facts.days if day.day <= past),
        sightings=tuple(seen for seen in facts.sightings if seen.on <= past),
    )
    assert verdict(facts, past) == verdict(known_then, past)
