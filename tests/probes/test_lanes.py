"""Who may be asked now: bounds of lanes and lines, and nobody forgotten."""

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from monitoring.probes.lanes import Lane, Lanes, lane_of
from monitoring.probes.target import Limits, Target
from tests.support.sample import SCALAR_PROFILE

PINGED = replace(SCALAR_PROFILE, ping=True, snmp=False)
targets = st.lists(
    st.builds(
        Target,
        key=st.integers(),
        address=st.just("127.0.0.1"),
        profile=st.sampled_from([SCALAR_PROFILE, PINGED]),
        line=st.integers(0, 3),
        down=st.booleans(),
    ),
    max_size=60,
)
limits = st.builds(
    Limits,
    at_once=st.integers(1, 9),
    at_once_down=st.integers(1, 9),
    at_once_ping=st.integers(1, 9),
    per_line=st.integers(1, 5),
)


@given(targets, limits, st.randoms(use_true_random=False))
def test_bounds_hold_and_every_target_has_its_turn(
    waiting: list[Target], limits: Limits, dice: object
) -> None:
    most = {Lane.ASKED: limits.at_once, Lane.PINGED: limits.at_once_ping, Lane.DOWN: limits.at_once_down}
    lanes, now, taken = Lanes(waiting, limits), list[Target](), list[Target]()
    while True:
        while target := lanes.take():
            now.append(target)
            taken.append(target)
            assert max(Counter(one.line for one in now if one.line).values(), default=0) <= limits.per_line
            assert all(number <= most[lane] for lane, number in Counter(map(lane_of, now)).items())
        if not now:
            break
        lanes.done(now.pop(dice.randrange(len(now))))  # type: ignore[attr-defined]
    assert Counter(map(id, taken)) == Counter(map(id, waiting))


def test_a_small_township_does_not_wait_for_a_large_one() -> None:
    large = [Target(key=key, address="a", profile=SCALAR_PROFILE, line=1) for key in range(100)]
    small = Target(key=-1, address="b", profile=SCALAR_PROFILE, line=2)
    lanes = Lanes([*large, small], Limits(at_once=2))
    assert [lanes.take(), lanes.take()] == [large[0], small]


def test_equipment_that_is_down_does_not_take_the_place_of_the_rest() -> None:
    down = [Target(key=key, address="a", profile=SCALAR_PROFILE, down=True) for key in range(9)]
    up = Target(key=-1, address="b", profile=SCALAR_PROFILE)
    lanes = Lanes([*down, up], Limits(at_once=1, at_once_down=1))
    assert {lanes.take(), lanes.take()} == {down[0], up}
    assert lanes.take() is None
