"""Who can run what stands somewhere, and what nobody can any more when one of them leaves."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workforce.competence.cover import Cover, Worker, hands, if_they_leave
from workforce.competence.held import Held
from workforce.competence.level import Level
from workforce.competence.posts import Holder, PostState, post_state

DAY = date(2026, 11, 22)
NEEDS = {"room": ((1, Level.WITHOUT_HELP),), "line": ((2, Level.WITHOUT_HELP),)}


def worker(person: int, *skills: int, place: int = 1, full_time: bool = False) -> Worker:
    held = {skill: Held(level=Level.WITHOUT_HELP) for skill in skills}
    return Worker(person=person, places=frozenset([place]), full_time=full_time, held=held)


@pytest.mark.parametrize(
    ("workers", "cover"),
    [
        ([], Cover.NOBODY),
        ([worker(1, 2)], Cover.NOBODY),
        ([worker(1, 1, place=2)], Cover.NOBODY),
        ([worker(1, 1)], Cover.ONE_PART_TIME),
        ([worker(1, 1, full_time=True)], Cover.ONE),
        ([worker(1, 1), worker(2, 1)], Cover.SEVERAL),
    ],
)
def test_how_safely_it_is_in_hand(workers: list[Worker], cover: Cover) -> None:
    [hand] = hands([(1, "room")], NEEDS, workers, DAY)
    assert hand.cover is cover


def test_what_needs_no_named_skill_is_left_out() -> None:
    assert hands([(1, "camera")], NEEDS, [worker(1, 1)], DAY) == []


@given(
    st.lists(st.tuples(st.sets(st.sampled_from([1, 2])), st.sampled_from([1, 2]), st.booleans()), max_size=6)
)
def test_those_who_leave_leave_exactly_that(people: list[tuple[set[int], int, bool]]) -> None:
    team = [
        worker(number, *skills, place=place, full_time=full)
        for number, (skills, place, full) in enumerate(people)
    ]
    stands = [(place, sort) for place in (1, 2) for sort in NEEDS]
    now = hands(stands, NEEDS, team, DAY)
    lost = if_they_leave(now)
    for one in team:
        without = hands(stands, NEEDS, [other for other in team if other is not one], DAY)
        gone = {
            (before.place, before.sort)
            for before, after in zip(now, without, strict=True)
            if before.cover is not Cover.NOBODY and after.cover is Cover.NOBODY
        }
        assert {(hand.place, hand.sort) for hand in lost.get(one.person, [])} == gone


@pytest.mark.parametrize(
    ("seats", "holders", "state"),
    [
        (1, [], PostState.VACANT),
        (2, [Holder(True, True)], PostState.SHORT),
        (1, [Holder(False, True)], PostState.NOT_COMPETENT),
        (1, [Holder(None, True)], PostState.UNKNOWN),
        (1, [Holder(True, False)], PostState.ONE_PART_TIME),
        (1, [Holder(True, True)], PostState.FINE),
        (1, [Holder(False, False), Holder(True, False)], PostState.FINE),
    ],
)
def test_how_a_post_is_filled(seats: int, holders: list[Holder], state: PostState) -> None:
    assert post_state(seats, holders) is state
