"""The rules on plain facts: what counts, what does not, and what cannot be told."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.marks.kind import Kind
from inventory.marks.mark import Answer
from planning.statistics.facts import Desks, Piece, Seen, Township
from planning.statistics.guards import guards
from planning.statistics.rules import Counted, Lacking, Rule, counted, lines, together

COMPUTER = Piece(asset=1, kind=Kind.COMPUTER, missing=Answer.CLEAR, outdated=Answer.CLEAR)
LOST = Piece(asset=2, kind=Kind.COMPUTER, missing=Answer.MARKED)


def at(*pieces: Piece, staff: int | None = 4, **asked: int) -> Township:
    return Township(
        place=1,
        offices=(Desks(office=1, staff=staff),),
        asked={Kind(kind): number for kind, number in asked.items()},
        pieces=pieces,
    )


def test_a_surplus_covers_no_other_kinds_or_townships_lack() -> None:
    rich = at(*[replace(COMPUTER, asset=n) for n in range(9)], computer=4, notice_board=2)
    poor = at(COMPUTER, LOST, computer=3)
    assert counted(Rule.EQUIPMENT_PROVIDED, rich) == Counted(part=4, whole=6)
    both = [counted(Rule.COMPUTERS_PROVIDED, one) for one in (rich, poor)]
    assert together(Rule.COMPUTERS_PROVIDED, both) == Counted(part=5, whole=7, townships=2)


def test_people_without_any_computer_count_for_the_county_all_the_same() -> None:
    without, with_two = at(staff=3), at(COMPUTER, replace(COMPUTER, asset=5), staff=5)
    none = counted(Rule.STAFF_PER_COMPUTER, without)
    assert (none.part, none.whole, none.lacking) == (3, 0, Lacking.NOTHING_THERE)
    both = together(Rule.STAFF_PER_COMPUTER, [none, counted(Rule.STAFF_PER_COMPUTER, with_two)])
    assert (both.part, both.whole, both.lacking) == (8, 2, None)


def test_a_township_whose_staff_nobody_recorded_is_left_out_and_said() -> None:
    unknown, known = at(COMPUTER, staff=None), at(COMPUTER, staff=2)
    found = [counted(Rule.STAFF_PER_COMPUTER, one) for one in (unknown, known)]
    assert found[0].lacking is Lacking.STAFF_UNKNOWN
    assert together(Rule.STAFF_PER_COMPUTER, found) == Counted(part=2, whole=1, townships=1)


@pytest.mark.parametrize(
    ("seen", "confidential", "answer"),
    [
        (Seen(asked_days=9, seen_days=1), False, (1, 1, 0)),
        (Seen(asked_days=9), False, (0, 1, 0)),
        (Seen(), False, (0, 0, 1)),
        (Seen(asked_days=9), True, (0, 0, 1)),
    ],
)
def test_silence_counts_where_it_could_be_heard(
    seen: Seen, confidential: bool, answer: tuple[int, int, int]
) -> None:
    found = counted(
        Rule.COMPUTERS_CONNECTED, at(replace(COMPUTER, seen=seen, confidential=confidential), LOST)
    )
    assert (found.part, found.whole, found.untold) == answer


@pytest.mark.parametrize(
    ("piece", "answer"),
    [
        (COMPUTER, (1, 1, 0)),
        (replace(COMPUTER, outdated=Answer.WAIVED), (1, 1, 0)),
        (replace(COMPUTER, outdated=Answer.MARKED), (0, 1, 0)),
        (replace(COMPUTER, under_repair=True), (0, 1, 0)),
        (LOST, (0, 1, 0)),
        (replace(COMPUTER, outdated=Answer.UNKNOWN), (0, 0, 1)),
        (replace(COMPUTER, missing=Answer.UNKNOWN), (0, 0, 1)),
        (replace(COMPUTER, missing=Answer.UNKNOWN, outdated=Answer.MARKED), (0, 1, 0)),
        (replace(COMPUTER, kind=Kind.BUSINESS_SYSTEM), (0, 0, 0)),
    ],
)
def test_what_is_in_order(piece: Piece, answer: tuple[int, int, int]) -> None:
    found = counted(Rule.SERVICEABLE, at(piece))
    assert (found.part, found.whole, found.untold) == answer


def test_use_is_days_of_use_among_days_observed() -> None:
    used = replace(COMPUTER, seen=Seen(used_days=12, idle_days=8, unmeasured_days=2))
    blind = replace(COMPUTER, asset=7, seen=Seen(unmeasured_days=20))
    no_sign = Piece(asset=8, kind=Kind.SERVER, seen=Seen(used_days=3))
    assert counted(Rule.IN_USE, at(used, blind, no_sign)) == Counted(part=12, whole=20, untold=1)


def test_a_room_is_used_once_used() -> None:
    room = Piece(asset=1, kind=Kind.CONFERENCE_ROOM, missing=Answer.CLEAR)
    once = replace(room, seen=Seen(used_days=1, idle_days=20))
    never = replace(room, asset=2, seen=Seen(idle_days=21))
    unseen = replace(room, asset=3)
    assert counted(Rule.ROOMS_USED, at(once, never, unseen)) == Counted(part=1, whole=2, untold=1)


def test_minutes_online_never_exceed_those_asked() -> None:
    line = Piece(asset=1, kind=Kind.NETWORK_LINK, seen=Seen(asked_minutes=1000, seen_minutes=1440))
    assert counted(Rule.LINKS_ONLINE, at(line)) == Counted(part=1000, whole=1000)


@pytest.mark.parametrize("rule", [Rule.NETWORK_COVERAGE, Rule.SECURITY_PROVIDED])
def test_a_township_is_covered_by_one_that_is_there(rule: Rule) -> None:
    line = Piece(asset=1, kind=Kind.NETWORK_LINK, guards=True)
    gone = replace(line, asset=2, missing=Answer.MARKED)
    assert counted(rule, at(gone, line)) == Counted(part=1, whole=1)
    assert counted(rule, at(gone)) == Counted(part=0, whole=1)


def test_without_a_denominator_it_is_said_why_there_is_no_figure() -> None:
    assert counted(Rule.COMPUTERS_PROVIDED, at(COMPUTER)).lacking is Lacking.NO_STANDARD
    assert counted(Rule.COMPUTERS_CONNECTED, at(COMPUTER)).lacking is Lacking.CANNOT_TELL
    assert counted(Rule.LINKS_ONLINE, at()).lacking is Lacking.NOTHING_THERE
    assert together(Rule.LINKS_ONLINE, []).lacking is Lacking.NOTHING_THERE


def test_what_rests_on_demonstration_data_says_so() -> None:
    made_up = replace(COMPUTER, seen=Seen(asked_days=3, seen_days=2, used_days=2, generated_days=3))
    assert counted(Rule.COMPUTERS_CONNECTED, at(made_up)).generated == 1
    assert counted(Rule.IN_USE, at(made_up)).generated == 1
    assert counted(Rule.COMPUTERS_PROVIDED, at(made_up, computer=1)).generated == 0


PIECES = st.lists(
    st.builds(
        Piece,
        asset=st.integers(1, 99),
        kind=st.sampled_from(Kind),
        missing=st.sampled_from(Answer),
        outdated=st.sampled_from(Answer),
        under_repair=st.booleans(),
        confidential=st.booleans(),
        guards=st.booleans(),
        seen=st.builds(
            Seen,
            asked_days=st.integers(0, 31),
            seen_days=st.integers(0, 31),
            used_days=st.integers(0, 20),
            idle_days=st.integers(0, 11),
            asked_minutes=st.integers(0, 40_000),
            seen_minutes=st.integers(0, 40_000),
        ),
    ),
    max_size=12,
)
TOWNSHIPS = st.builds(
    Township,
    place=st.integers(1, 9),
    offices=st.lists(
        st.builds(Desks, office=st.integers(1, 9), staff=st.none() | st.integers(0, 40)), max_size=3
    ),
    asked=st.dictionaries(st.sampled_from(Kind), st.integers(0, 30)),
    pieces=PIECES,
)


@given(rule=st.sampled_from(Rule), townships=st.lists(TOWNSHIPS, max_size=5))
def test_the_county_is_the_sum_of_its_lines_and_no_share_is_above_one(
    rule: Rule, townships: list[Township]
) -> None:
    found = [lines(rule, one) for one in townships]
    all_lines = [line for each in found if not isinstance(each, Lacking) for line in each]
    whole = together(rule, [counted(rule, one) for one in townships])
    assert whole.part == sum(line.part for line in all_lines)
    assert whole.whole == sum(line.whole for line in all_lines)
    assert (whole.lacking is None) == (whole.whole > 0)
    if rule is not Rule.STAFF_PER_COMPUTER:
        assert 0 <= whole.part <= whole.whole


@pytest.mark.parametrize("words", ["硬件防火墙", "H3C SecPath Firewall", "入侵检测系统", "A02010301 防火墙"])
def test_a_security_device_is_known_by_its_words(words: str) -> None:
    assert guards(words)
    assert not guards("接入交换机 S5130")
