"""A level counts until it runs out, and never by one's own word; the gap to what is asked says why."""

from datetime import date, timedelta

import pytest

from workforce.competence.held import Gap, Held, Why, gaps
from workforce.competence.level import Level

DAY = date(2026, 11, 22)
ALONE = Level.WITHOUT_HELP


def held(level: int = 3, days: int | None = None, *, vouched: bool = True) -> Held:
    expires = None if days is None else DAY + timedelta(days=days)
    return Held(level=Level(level), expires=expires, vouched=vouched)


@pytest.mark.parametrize(
    ("one", "worth"),
    [
        (held(), 3),
        (held(days=1), 3),
        (held(days=0), 0),
        (held(days=-5), 0),
        (held(vouched=False), 0),
    ],
)
def test_it_counts_up_to_the_day_before_it_expires(one: Held, worth: int) -> None:
    assert one.worth(DAY) == worth


@pytest.mark.parametrize(("days", "soon"), [(0, False), (1, True), (90, True), (91, False), (None, False)])
def test_ninety_days_before_it_is_said(days: int | None, soon: bool) -> None:
    assert held(days=days).expires_soon(DAY) is soon


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (None, Why.NOT_LEARNT),
        (held(2), Why.TOO_LOW),
        (held(days=-1), Why.EXPIRED),
        (held(4, vouched=False), Why.DECLARED),
    ],
)
def test_a_gap_says_why(one: Held | None, why: Why) -> None:
    [gap] = gaps({7: ALONE}, {7: one} if one else {}, DAY)
    assert (gap.skill, gap.required, gap.why) == (7, ALONE, why)


def test_what_is_met_is_no_gap_and_the_widest_comes_first() -> None:
    found = gaps({1: ALONE, 2: ALONE, 3: Level.TEACHES}, {1: held(4), 2: held(2)}, DAY)
    assert found == [
        Gap(3, Level.TEACHES, Level.NONE, Why.NOT_LEARNT),
        Gap(2, ALONE, Level.WITH_HELP, Why.TOO_LOW),
    ]
