"""Hours a month that offices spend typing in what another system holds already."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Sum

from inventory.models import ManualEntry

PlaceAndSystem = tuple[int, int]


class Entered(NamedTuple):
    """Hours a month of one exchange in one place; `system` is the one typed into."""

    place: int
    exchange: int
    system: int
    hours: Decimal


def entered(places: Iterable[int] | None = None) -> Sequence[Entered]:
    """In these places or everywhere; what no longer happens by hand is left out. One statement."""
    counted = ManualEntry.objects.counted()
    if places is not None:
        counted = counted.filter(office__place__in=list(places))
    found = counted.order_by().values_list("office__place", "exchange", "exchange__target")
    return [Entered(*row) for row in found.annotate(hours=Sum("hours"))]


def hours_of_manual_entry(places: Iterable[int] | None = None) -> Mapping[PlaceAndSystem, Decimal]:
    """`hours_of_manual_entry(places)`: hours a month by (place, system typed into), in these places or everywhere.

    Each hour counts once: for the place of the office that types and the system it types into. One statement; what
    an account may see is for the caller to say by the places.
    """
    summed: dict[PlaceAndSystem, Decimal] = defaultdict(Decimal)
    for one in entered(places):
        summed[one.place, one.system] += one.hours
    return dict(summed)
