"""Which spare thing goes where it is lacking. No place is left below its standard, and no lack is met twice."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from inventory.marks.kind import Kind
from planning.needs.facts import Marked, Stock

MOVABLE = frozenset(
    {
        Kind.COMPUTER,
        Kind.NOTICE_BOARD,
        Kind.NETWORK_DEVICE,
        Kind.SERVER,
        Kind.UPS,
        Kind.PRINTER,
        Kind.VIDEO_ENDPOINT,
        Kind.CAMERA,
        Kind.DISPLAY,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One spare asset to a place that lacks one of its kind."""

    asset: str
    kind: Kind
    origin: str
    target: str


def moves(stocks: Sequence[Stock], spare: Mapping[Kind, Sequence[Marked]]) -> list[Move]:
    """As many as there are both spares and lacks; the place that lacks most is served first."""
    found = []
    for kind in sorted(MOVABLE & spare.keys()):
        targets = _lacking(stock for stock in stocks if stock.kind is kind)
        found += [
            Move(asset=asset.asset, kind=kind, origin=asset.place, target=target)
            for asset, target in zip(spare[kind], targets, strict=False)
        ]
    return found


def _lacking(stocks: Iterable[Stock]) -> Iterator[str]:
    """A place as often as it lacks one."""
    for stock in sorted(stocks, key=lambda one: (-one.gap, one.place)):
        yield from [stock.place] * stock.gap
