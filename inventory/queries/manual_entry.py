"""Hours a month that offices spend typing in what another system holds already."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.db.models import Sum

from inventory.models import ManualEntry

PlaceAndSystem = tuple[int, int]


def hours_of_manual_entry(places: Iterable[int] | None = None) -> Mapping[PlaceAndSystem, Decimal]:
    """`hours_of_manual_entry(places)`: hours a month by (place, system typed into), in these places or everywhere.

    Each hour counts once: for the place of the office that types and the system it types into. One statement; what
    an account may see is for the caller to say by the places.
    """
    counted = ManualEntry.objects.counted()
    if places is not None:
        counted = counted.filter(office__place__in=list(places))
    found = counted.order_by().values_list("office__place", "exchange__target").annotate(hours=Sum("hours"))
    return {(place, system): hours for place, system, hours in found}
