"""A rate is what the counter grew by, or a gap; never a spike."""

import math

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from monitoring.probes.answer import Interface
from monitoring.probes.counters import UPTIME_WRAP_S, capacity_bps, rate, restarted

GIGABIT = 1e9
counts = st.floats(min_value=0, max_value=2.0**64, allow_nan=False)
anything = st.none() | st.floats() | st.integers(-(2**70), 2**70).map(float)
spans = st.floats(min_value=1, max_value=86_400)
uptimes = st.floats(0, UPTIME_WRAP_S)


def test_growth_becomes_a_rate_per_second() -> None:
    assert rate(1_000, 4_000, 60, 64) == 50


def test_the_first_reading_is_a_gap() -> None:
    assert rate(None, 4_000, 60, 64) is None


def test_a_counter_that_stands_still_is_zero_and_not_a_gap() -> None:
    assert rate(4_000, 4_000, 60, 64) == 0


def test_a_64_bit_counter_that_fell_was_reset() -> None:
    assert rate(4_000, 1_000, 60, 64, uptime_before=100, uptime_now=160, highest_rate=GIGABIT) is None


def test_a_reboot_is_a_gap_even_when_the_counter_has_grown_past_its_old_value() -> None:
    assert rate(1_000, 4_000, 300, 64, uptime_before=90_000, uptime_now=120) is None


def test_a_reboot_soon_after_another_is_seen_though_the_uptime_is_higher() -> None:
    assert restarted(10, 200, seconds=300)


def test_a_discontinuity_is_a_gap() -> None:
    assert rate(1_000, 4_000, 60, 64, discontinuity_before=0, discontinuity_now=512) is None


def test_a_rate_above_what_the_interface_can_do_is_a_gap() -> None:
    assert rate(0, 1e12, 60, 64, highest_rate=GIGABIT) is None


def test_a_full_line_measured_a_little_too_fast_is_full() -> None:
    assert rate(0, 61 * GIGABIT, 60, 64, highest_rate=GIGABIT) == GIGABIT


def test_a_certain_wrap_of_32_bits_is_resolved() -> None:
    before, now = 2.0**32 - 1_000_000, 2_000_000.0
    found = rate(
        before * 8, now * 8, 60, 32, scale=8, uptime_before=900, uptime_now=960, highest_rate=100_000_000
    )
    assert found == pytest.approx(3_000_000 * 8 / 60)


def test_a_wrap_is_not_certain_without_the_uptime() -> None:
    assert rate(2**32 - 1_000, 1_000, 60, 32, highest_rate=1e6) is None


def test_a_wrap_is_not_certain_when_the_interface_could_have_wrapped_it_often() -> None:
    assert rate(2**32 - 1_000, 1_000, 300, 32, uptime_before=900, uptime_now=1_200, highest_rate=1e9) is None


def test_a_reset_of_32_bits_from_the_lower_range_is_a_gap() -> None:
    assert rate(2**30, 1_000, 60, 32, uptime_before=900, uptime_now=960, highest_rate=12.5e6) is None


def test_the_uptime_wrap_after_497_days_is_no_reboot() -> None:
    assert not restarted(UPTIME_WRAP_S - 100, 200, seconds=300)
    assert rate(1_000, 4_000, 300, 64, uptime_before=UPTIME_WRAP_S - 100, uptime_now=200) == 10


def test_a_reboot_just_before_the_wrap_would_have_come_is_a_reboot() -> None:
    assert restarted(UPTIME_WRAP_S - 100_000, 200, seconds=300)


def test_capacity_is_unknown_when_one_port_does_not_say_its_speed() -> None:
    def port(speed: int | None, physical: bool = True, up: bool = True) -> Interface:
        return Interface(index=1, name="p", speed_mbps=speed, up=up, physical=physical)

    assert capacity_bps([port(1000), port(100), port(None, physical=False), port(None, up=False)]) == 1.1e9
    assert capacity_bps([port(1000), port(None)]) is None
    assert capacity_bps([]) is None


@given(before=anything, now=anything, seconds=st.floats(), up=anything, up2=anything, highest=anything)
@example(before=0.0, now=2.0**64, seconds=5e-324, up=None, up2=None, highest=None)
def test_no_input_gives_a_rate_that_is_negative_or_no_number(
    before: float | None,
    now: float | None,
    seconds: float,
    up: float | None,
    up2: float | None,
    highest: float | None,
) -> None:
    for bits in (32, 64):
        found = rate(before, now, seconds, bits, uptime_before=up, uptime_now=up2, highest_rate=highest)
        assert found is None or (math.isfinite(found) and found >= 0)


@given(before=counts, now=counts, seconds=spans, uptime=uptimes, highest=st.floats(1, 1e11))
def test_no_rate_is_above_what_the_equipment_can_do(
    before: float, now: float, seconds: float, uptime: float, highest: float
) -> None:
    found = rate(
        before, now, seconds, 32, uptime_before=uptime, uptime_now=uptime + seconds, highest_rate=highest
    )
    assert found is None or found <= highest


@given(
    start=st.integers(0, 2**64 - 1),
    grown=st.integers(0, 2**40),
    seconds=spans,
    uptime=uptimes,
)
def test_a_counter_that_only_grows_gives_its_true_rate(
    start: int, grown: int, seconds: float, uptime: float
) -> None:
    assume(start + grown < 2**64)
    later = (uptime + seconds) % UPTIME_WRAP_S
    found = rate(float(start), float(start + grown), seconds, 64, uptime_before=uptime, uptime_now=later)
    assert found == pytest.approx(grown / seconds, abs=4_096 / seconds)  # a double holds 53 of the 64 bits


@given(start=st.integers(2**32 - 10**6, 2**32 - 1), grown=st.integers(0, 10**6), uptime=st.floats(60, 1e7))
def test_a_slow_32_bit_counter_gives_its_true_rate_across_the_wrap(
    start: int, grown: int, uptime: float
) -> None:
    now = float((start + grown) % 2**32)
    found = rate(float(start), now, 60, 32, uptime_before=uptime, uptime_now=uptime + 60, highest_rate=1e6)
    assert found == pytest.approx(grown / 60)


@given(before=counts, now=counts, uptime=st.floats(1_000, 4e7), after=st.floats(0, 300))
def test_after_a_restart_there_is_never_a_rate(
    before: float, now: float, uptime: float, after: float
) -> None:
    assert rate(before, now, 300, 64, uptime_before=uptime, uptime_now=after) is None
