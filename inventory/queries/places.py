"""The places that a picture of the county shows."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from inventory.models import Asset, AssetCount
from itops.database.conditions import among
from itops.database.kept import Given, Kept
from itops.organisation.models import Level, Office, Place, User
from itops.organisation.scope import in_scope, lies_under_given


def equipped_places(user: User) -> list[Place]:
    """Townships with an office, and any other place with equipment, in official order."""
    return EQUIPPED.all(**in_scope(user, "inventory.view_asset"))


def _equipped() -> QuerySet[Place]:
    here = OuterRef("pk")
    # Where nothing was counted no asset is looked for: of a place without any PostgreSQL would read all assets.
    counted = among("pk", AssetCount.objects.filter(retired=False, pieces__gt=0).values("place").distinct())
    equipped = Q(counted) & Q(Exists(Asset.objects.current().filter(place=here)))
    staffed = Exists(Office.objects.filter(place=OuterRef("pk")))
    seen = Place.objects.filter(lies_under_given(Given("scope", "ltree[]")))
    return seen.filter(equipped | Q(staffed, level=Level.TOWNSHIP)).in_official_order()


EQUIPPED: Kept[Place] = Kept(_equipped)
