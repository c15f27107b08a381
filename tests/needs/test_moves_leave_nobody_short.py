"""What is spare goes where it is lacking: no lack is met twice, and no place falls below its standard."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as some

from inventory.marks.kind import Kind
from planning.needs.facts import Cause, Marked, Stock
from planning.needs.moves import MOVABLE, Move, moves
from planning.needs.spares import spares

PC, ROOM = Kind.COMPUTER, Kind.CONFERENCE_ROOM
KINDS = (PC, ROOM, Kind.NOTICE_BOARD)
PLACES = ("A", "B", "C", "D")
COUNTS = some.tuples(some.integers(0, 5), some.integers(0, 5))


def stock(place: str, standard: int, have: int, kind: Kind = PC) -> Stock:
    return Stock(place=place, kind=kind, standard=standard, have=have, benefit=1)


def idle(asset: str, place: str, kind: Kind = PC) -> Marked:
    return Marked(asset=asset, place=place, kind=kind, benefit=1, unused=True, cause=Cause.NOT_NEEDED)


def found(stocks: list[Stock], marked: list[Marked]) -> list[Move]:
    return moves(stocks, spares(stocks, marked))


def test_a_spare_computer_goes_where_one_is_lacking() -> None:
    [move] = found([stock("A", 1, 2), stock("B", 2, 1)], [idle("PC7", "A")])
    assert move == Move(asset="PC7", kind=PC, origin="A", target="B")


def test_the_place_that_lacks_most_is_served_first() -> None:
    [move] = found([stock("A", 1, 2), stock("B", 2, 1), stock("C", 5, 1)], [idle("PC7", "A")])
    assert move.target == "C"


def test_a_room_cannot_be_carried_away() -> None:
    assert found([stock("A", 1, 2, ROOM), stock("B", 1, 0, ROOM)], [idle("R", "A", ROOM)]) == []


@given(
    some.dictionaries(some.tuples(some.sampled_from(PLACES), some.sampled_from(KINDS)), COUNTS, max_size=12),
    some.lists(some.tuples(some.sampled_from(PLACES), some.sampled_from(KINDS)), max_size=12),
)
def test_every_move_helps_and_harms_nobody(
    counts: dict[tuple[str, Kind], tuple[int, int]], unused: list[tuple[str, Kind]]
) -> None:
    stocks = [stock(place, standard, have, kind) for (place, kind), (standard, have) in counts.items()]
    made = found(stocks, [idle(f"N{n}", place, kind) for n, (place, kind) in enumerate(unused)])
    assert len({move.asset for move in made}) == len(made)
    given_away = Counter((move.origin, move.kind) for move in made)
    received = Counter((move.target, move.kind) for move in made)
    for key, (standard, have) in counts.items():
        after = have - given_away[key] + received[key]
        assert after >= min(have, standard)
        assert not received[key] or after <= standard
    assert {move.kind for move in made} <= MOVABLE
    possible = Counter(unused)
    for kind in {kind for _place, kind in counts} & MOVABLE:
        of_kind = [(place, *numbers) for (place, one), numbers in counts.items() if one is kind]
        spare = sum(min(max(have - standard, 0), possible[place, kind]) for place, standard, have in of_kind)
        lacking = sum(max(standard - have, 0) for _place, standard, have in of_kind)
        assert sum(move.kind is kind for move in made) == min(spare, lacking)
