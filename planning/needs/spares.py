"""What may move: unused things that nobody needs where they are, as many as their place has beyond its standard."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from inventory.marks.kind import Kind
from planning.needs.facts import Cause, Marked, Stock

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


def spares(stocks: Iterable[Stock], marked: Iterable[Marked]) -> Mapping[Kind, Sequence[Marked]]:
    """By kind. Whatever of these moves, no place is left below its standard."""
    surplus = {(stock.place, stock.kind): stock.surplus for stock in stocks}
    found: dict[Kind, list[Marked]] = defaultdict(list)
    for asset in sorted(marked, key=lambda one: one.asset):
        if _idle(asset) and surplus.get((asset.place, asset.kind), 0) > 0:
            surplus[asset.place, asset.kind] -= 1
            found[asset.kind].append(asset)
    return found


def _idle(asset: Marked) -> bool:
    """Unused for want of work alone: what is outdated or broken helps nobody elsewhere."""
    fit = not asset.outdated and not asset.beyond_repair
    return asset.kind in MOVABLE and asset.unused and fit and asset.cause is Cause.NOT_NEEDED
