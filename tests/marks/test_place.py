"""What a place should have against what it has: shares, rounding, caps, versions, absent assets."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.marks.findings import Lacking
from inventory.marks.kind import Kind
from inventory.marks.mark import Answer
from inventory.marks.place import Count, PlaceFacts, PlaceJudgement, judge_place
from inventory.marks.standard import OfficeFacts, Override, StandardItem, required
from tests.marks.building import TODAY

START = date(2025, 7, 1)


def item(
    kind: Kind = Kind.COMPUTER, *, start: date = START, until: date | None = None, **asks: int
) -> StandardItem:
    return StandardItem(kind=kind, version=f"v{start.year}", in_force_on=start, until=until, **asks)


def judged(*items: StandardItem, staff: int | None = 28, **counts: Count) -> PlaceJudgement:
    by_kind = {Kind(kind): count for kind, count in counts.items()}
    return judge_place(PlaceFacts(offices=(OfficeFacts(staff=staff),), counts=by_kind), items, TODAY)


def test_fewer_than_the_standard_is_missing_with_its_numbers() -> None:
    changed = date(2026, 3, 1)
    judgement = judged(item(staff_percent=100), computer=Count(recorded=27, absent=1, changed_on=changed))
    (shortfall,) = judgement.shortfalls
    assert shortfall.finding is not None
    assert shortfall.finding.rule == "missing.place.below_standard"
    assert shortfall.finding.since == changed
    assert shortfall.finding.numbers == {
        "kind": "computer",
        "standard": 28,
        "have": 26,
        "absent": 1,
        "gap": 2,
        "version": "v2025",
    }
    assert judgement.answer(Kind.COMPUTER) is Answer.MARKED


def test_as_many_as_the_standard_is_clear() -> None:
    assert judged(item(fixed=2), computer=Count(recorded=2)).answer(Kind.COMPUTER) is Answer.CLEAR


def test_an_asset_marked_missing_does_not_count_as_present() -> None:
    assert judged(item(fixed=2), computer=Count(recorded=2, absent=1)).shortfalls[0].gap == 1


def test_more_than_the_standard_fills_no_other_gap() -> None:
    judgement = judged(item(fixed=1), item(Kind.PRINTER, fixed=1), computer=Count(recorded=9))
    assert [shortfall.gap for shortfall in judgement.shortfalls] == [0, 1]


def test_nothing_recorded_is_a_gap() -> None:
    assert judged(item(Kind.NOTICE_BOARD, fixed=2)).shortfalls[0].gap == 2


def test_without_a_standard_there_is_no_verdict() -> None:
    judgement = judged(item(fixed=1))
    assert judgement.answer(Kind.SERVER) is Answer.UNKNOWN
    codes = {str(lack.numbers["kind"]): lack.code for lack in judgement.lacks}
    assert codes["server"] is Lacking.NO_STANDARD


def test_a_share_of_unknown_staff_is_no_verdict() -> None:
    judgement = judged(item(staff_percent=80), staff=None)
    assert (
        next(lack.code for lack in judgement.lacks if lack.numbers["kind"] == "computer")
        is Lacking.STAFF_UNKNOWN
    )


def test_everything_generated_is_no_verdict() -> None:
    judgement = judge_place(PlaceFacts(generated_only=True), [item(fixed=9)], TODAY)
    assert judgement.shortfalls == ()
    assert {lack.code for lack in judgement.lacks} == {Lacking.GENERATED_ONLY}


@pytest.mark.parametrize(
    ("staff", "percent", "number"),
    [(28, 80, 22), (13, 50, 7), (1, 50, 1), (1, 49, 0), (10, 5, 1), (9, 5, 0), (28, 100, 28)],
)
def test_a_share_of_staff_rounds_half_up(staff: int, percent: int, number: int) -> None:
    assert required(item(staff_percent=percent), [staff]) == number


def test_fixed_offices_and_staff_add_up_to_the_cap() -> None:
    asks = item(fixed=1, per_office=2, staff_percent=10)
    assert required(asks, [10, 10, 0]) == 9
    assert required(item(fixed=1, per_office=2, staff_percent=10, cap=8), [10, 10, 0]) == 8


@given(st.integers(0, 5000), st.integers(0, 300), st.integers(0, 100), st.integers(0, 200))
def test_a_cap_is_never_exceeded_and_more_staff_never_need_less(
    staff: int, percent: int, fixed: int, cap: int
) -> None:
    asks = item(fixed=fixed, staff_percent=percent, cap=cap)
    assert required(asks, [staff]) <= required(asks, [staff + 1]) <= cap


def test_the_version_that_started_last_is_in_force() -> None:
    old, new = item(start=date(2020, 1, 1), fixed=1), item(start=START, fixed=2)
    coming = item(start=date(2027, 1, 1), fixed=9)
    assert judged(old, new, coming).shortfalls[0].standard == 2
    assert judge_place(PlaceFacts(), [new, old], date(2025, 6, 30)).shortfalls[0].standard == 1


def test_a_standard_that_has_ended_asks_nothing() -> None:
    ended = item(fixed=2, until=date(2026, 11, 19))
    last_day = item(fixed=2, until=TODAY)
    assert judged(ended).answer(Kind.COMPUTER) is Answer.UNKNOWN
    assert judged(last_day).answer(Kind.COMPUTER) is Answer.MARKED


def test_items_that_start_together_add_up() -> None:
    assert judged(item(fixed=1), item(staff_percent=50)).shortfalls[0].standard == 15


def test_each_office_has_its_own_share() -> None:
    offices = (OfficeFacts(staff=3), OfficeFacts(staff=3))
    judgement = judge_place(PlaceFacts(offices=offices), [item(staff_percent=50)], TODAY)
    assert judgement.shortfalls[0].standard == 4  # 1.5 rounds up in each


def test_an_office_with_unknown_staff_leaves_the_place_without_a_verdict() -> None:
    offices = (OfficeFacts(staff=3), OfficeFacts())
    judgement = judge_place(PlaceFacts(offices=offices), [item(staff_percent=50)], TODAY)
    assert judgement.answer(Kind.COMPUTER) is Answer.UNKNOWN


def test_an_exception_of_an_office_replaces_its_share_and_no_other() -> None:
    excepted = OfficeFacts(overrides={Kind.COMPUTER: Override(quantity=7, starts=START)})
    facts = PlaceFacts(offices=(excepted, OfficeFacts(staff=4)))
    judgement = judge_place(facts, [item(fixed=1, staff_percent=100)], TODAY)
    assert judgement.shortfalls[0].standard == 12


def test_an_exception_of_a_place_replaces_everything_even_without_a_standard() -> None:
    begun = date(2026, 2, 1)
    facts = PlaceFacts(overrides={Kind.SERVER: Override(quantity=2, starts=begun)})
    (shortfall,) = judge_place(facts, [item(staff_percent=100)], TODAY).shortfalls
    assert (shortfall.kind, shortfall.standard) == (Kind.SERVER, 2)
    assert shortfall.finding is not None
    assert (shortfall.finding.window_from, shortfall.finding.numbers["excepted"]) == (begun, 1)


def test_an_exception_may_ask_for_none() -> None:
    facts = PlaceFacts(
        offices=(OfficeFacts(staff=9),), overrides={Kind.COMPUTER: Override(quantity=0, starts=START)}
    )
    assert judge_place(facts, [item(staff_percent=100)], TODAY).answer(Kind.COMPUTER) is Answer.CLEAR
