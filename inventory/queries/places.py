"""The places that a picture of the county shows."""

from django.db.models import Exists, OuterRef, Q

from inventory.models import Asset
from itops.organisation.models import Level, Office, Place, User
from itops.organisation.scope import visible


def equipped_places(user: User) -> list[Place]:
    """Townships with an office, and any other place with equipment, in official order."""
    in_scope = visible(Place.objects.all(), user, "inventory.view_asset", place="")
    equipped = Exists(Asset.objects.current().filter(place=OuterRef("pk")))
    staffed = Exists(Office.objects.filter(place=OuterRef("pk")))
    return list(in_scope.filter(equipped | Q(staffed, level=Level.TOWNSHIP)).in_official_order())  # type: ignore[attr-defined]
