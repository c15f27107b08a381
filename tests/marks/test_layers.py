"""What a place sets itself is laid over what holds around it; the nearest goes first, of each place the latest."""

from collections.abc import Mapping
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from inventory.marks.kind import Kind
from inventory.marks.layers import Layer, by_place, in_force, laid_over
from inventory.marks.policy import policy_for

USUAL = policy_for(date(2026, 11, 20))
COUNTY, TOWNSHIP, OTHER = 3, 7, 8
PATHS = {COUNTY: (1, COUNTY), TOWNSHIP: (1, COUNTY, TOWNSHIP), OTHER: (1, 4, OTHER)}
FIRST = date(2026, 1, 1)


def layer(place: int, settings: Mapping[str, object], *, version: str = "2027-1", on: date = FIRST) -> Layer:
    return Layer(version=version, place=place, in_force_on=on, settings=settings)


def silent(days: int, kind: str = "") -> Mapping[str, object]:
    setting = {"silent_office_days": days}
    return {"kind": {kind: setting}} if kind else {"every_kind": setting}


def test_a_place_follows_its_county_where_it_sets_nothing_itself() -> None:
    county = layer(COUNTY, silent(30), version="2027-1")
    own = layer(TOWNSHIP, silent(40, "computer"), version="2027-2")
    found = by_place(USUAL, {COUNTY: county, TOWNSHIP: own}, PATHS)
    assert found.of(TOWNSHIP).kinds[Kind.COMPUTER].silent_office_days == 40
    assert found.of(TOWNSHIP).kinds[Kind.PRINTER].silent_office_days == 30
    assert found.of(COUNTY).kinds[Kind.COMPUTER].silent_office_days == 30
    assert found.of(OTHER) is USUAL
    assert [found.of(one).version for one in (COUNTY, TOWNSHIP, OTHER)] == [
        "2027-1",
        "2027-1+2027-2",
        "2026-1",
    ]


def test_what_is_not_named_stays_as_the_program_brings_it() -> None:
    own = laid_over(USUAL, [layer(COUNTY, silent(30))])
    assert own.kinds[Kind.COMPUTER].needs == USUAL.kinds[Kind.COMPUTER].needs
    assert own.kinds[Kind.UPS].used_minutes == 30
    assert (own.window_days, own.shown_only) == (USUAL.window_days, USUAL.shown_only)


def test_a_need_can_be_taken_back() -> None:
    settings = {
        "kind": {"computer": {"needs": {"disk_gb": None}}, "machine_room": {"maintenance_months": None}}
    }
    own = laid_over(USUAL, [layer(COUNTY, settings)])
    assert set(own.kinds[Kind.COMPUTER].needs) == {"memory_mb", "processor_year"}
    assert own.kinds[Kind.MACHINE_ROOM].maintenance_months is None


def test_one_policy_is_made_for_all_places_that_lie_alike() -> None:
    paths = {number: (1, COUNTY, number) for number in range(100, 200)}
    found = by_place(USUAL, {COUNTY: layer(COUNTY, silent(30))}, paths)
    assert len({id(found.of(place)) for place in paths}) == 1


@given(
    st.lists(st.tuples(st.sampled_from([COUNTY, TOWNSHIP]), st.integers(0, 400)), unique=True),
    st.integers(0, 400),
)
def test_of_each_place_the_last_that_had_started_is_in_force(
    starts: list[tuple[int, int]], after: int
) -> None:
    day = FIRST + timedelta(days=after)
    layers = [layer(place, {}, on=FIRST + timedelta(days=days)) for place, days in starts]
    for place in (COUNTY, TOWNSHIP):
        begun = [days for where, days in starts if where == place and days <= after]
        found = in_force(layers, day).get(place)
        assert (found.in_force_on if found else None) == (
            FIRST + timedelta(days=max(begun)) if begun else None
        )
