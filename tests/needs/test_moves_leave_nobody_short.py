"""What is spare goes where it is lacking: no lack is met twice, and no place falls below its standard."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as some

from inventory.marks.kind import Kind
from planning.needs.counted import counted
from planning.needs.facts import Cause, Marked, Stock, Terms
from planning.needs.moves import remedies_of, spared
from planning.needs.spares import MOVABLE
from planning.optimiser.need import Need, Remedy, Way

PC, ROOM = Kind.COMPUTER, Kind.CONFERENCE_ROOM
KINDS = (PC, ROOM, Kind.NOTICE_BOARD)
PLACES = ("A", "B", "C", "D")
COUNTS = some.tuples(some.integers(0, 5), some.integers(0, 5))


def stock(place: str, standard: int, have: int, kind: Kind = PC) -> Stock:
    return Stock(place=place, kind=kind, standard=standard, have=have, benefit=1)


def idle(asset: str, place: str, kind: Kind = PC) -> Marked:
    return Marked(asset=asset, place=place, kind=kind, benefit=1, unused=True, cause=Cause.NOT_NEEDED)


def found(stocks: list[Stock], marked: list[Marked]) -> list[tuple[str, str]]:
    """Which asset goes where, in the order of the assets."""
    needs = counted(stocks, marked, [], {}).needs
    places = {need.key: need.place for need in needs}
    chosen = remedies_of(needs)
    return sorted((one.asset, places[key]) for key, one in chosen.items() if one.way is Way.MOVE)


def test_a_spare_computer_goes_where_one_is_lacking() -> None:
    assert found([stock("A", 1, 2), stock("B", 2, 1)], [idle("PC7", "A")]) == [("PC7", "B")]


def test_a_room_cannot_be_carried_away() -> None:
    assert ROOM not in MOVABLE
    assert found([stock("A", 1, 2, ROOM), stock("B", 1, 0, ROOM)], [idle("R", "A", ROOM)]) == []


def test_as_many_move_as_there_are_both_spares_and_lacks() -> None:
    """Also where there are more of both than are offered to a single need."""
    spare = [idle(f"N{number:02}", "A") for number in range(20)]
    assert len(found([stock("A", 0, 20), stock("B", 20, 0)], spare)) == 20
    assert len(found([stock("A", 0, 20), stock("B", 7, 0), stock("C", 9, 0)], spare)) == 16
    assert len(found([stock("A", 0, 20), stock("B", 30, 0)], spare)) == 20


def test_a_spare_thing_is_given_once_and_who_comes_too_late_is_left_out() -> None:
    move = Remedy(way=Way.MOVE, category="computer", purchase=0, benefit=5, asset="N1")
    needs = [Need(key=key, place=key, remedies=(move,), severity=5) for key in ("b", "a")]
    assert remedies_of(needs) == {"a": move}


@given(
    price=some.none() | some.integers(0, 10**7),
    middle=some.none() | some.integers(0, 10**7),
    upkeep=some.integers(0, 10**6),
    freight=some.none() | some.integers(0, 10**8),
)
def test_what_a_move_spares_is_never_below_nothing_nor_above_buying(
    price: int | None, middle: int | None, upkeep: int, freight: int | None
) -> None:
    value = spared(Terms(category="computer", price=price, upkeep=upkeep, freight=freight), middle)
    known = price if price is not None else middle
    assert (value is None) == (known is None)
    if value is not None and known is not None:
        assert value == max(0, known + upkeep - (freight or 0))


@given(
    some.dictionaries(some.tuples(some.sampled_from(PLACES), some.sampled_from(KINDS)), COUNTS, max_size=12),
    some.lists(some.tuples(some.sampled_from(PLACES), some.sampled_from(KINDS)), max_size=12),
)
def test_every_move_helps_and_harms_nobody(
    counts: dict[tuple[str, Kind], tuple[int, int]], unused: list[tuple[str, Kind]]
) -> None:
    stocks = [stock(place, standard, have, kind) for (place, kind), (standard, have) in counts.items()]
    made = found(stocks, [idle(f"N{n}", place, kind) for n, (place, kind) in enumerate(unused)])
    assert len({asset for asset, _target in made}) == len(made)
    of = {f"N{n}": key for n, key in enumerate(unused)}
    given_away = Counter(of[asset] for asset, _target in made)
    received = Counter((target, of[asset][1]) for asset, target in made)
    assert all(of[asset][0] != target for asset, target in made)
    for key, (standard, have) in counts.items():
        after = have - given_away[key] + received[key]
        assert after >= min(have, standard)
        assert not received[key] or after <= standard
    assert {of[asset][1] for asset, _target in made} <= MOVABLE
    possible = Counter(unused)
    for kind in {kind for _place, kind in counts} & MOVABLE:
        of_kind = [(place, *numbers) for (place, one), numbers in counts.items() if one is kind]
        spare = sum(min(max(have - standard, 0), possible[place, kind]) for place, standard, have in of_kind)
        lacking = sum(max(standard - have, 0) for _place, standard, have in of_kind)
        assert sum(of[asset][1] is kind for asset, _target in made) == min(spare, lacking)
