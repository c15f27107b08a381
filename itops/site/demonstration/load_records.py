"""What people recorded of the invented county's equipment: stock-takes, repairs, waivers."""

from datetime import date, timedelta

from inventory.models import Repair, Sighting, Waiver
from itops.site.demonstration.load_equipment import Equipment
from itops.site.demonstration.load_organisation import Organisation
from itops.site.demonstration.words import County

CLERK = 2  # which of a township's people counts


def load_records(county: County, organisation: Organisation, equipment: Equipment, *, today: date) -> None:
    """Repairs and waivers; every "days ago" becomes a day."""
    Repair.objects.bulk_create(
        Repair(
            asset=equipment[asset.tag],
            on=today - timedelta(days=repair.days_ago),
            what=repair.what,
            cost_fen=repair.cost_fen,
        )
        for asset in county.assets()
        for repair in asset.repairs
    )
    author = organisation.bureau_people[CLERK].name
    Waiver.objects.bulk_create(
        Waiver(
            asset=equipment[asset.tag],
            mark=asset.waiver.mark.value,
            rule=asset.waiver.rule,
            reason=asset.waiver.reason,
            author=author,
            starts=today - timedelta(days=asset.waiver.from_days_ago),
            until=today + timedelta(days=asset.waiver.for_days),
        )
        for asset in county.assets()
        if asset.waiver
    )


def load_stocktake(county: County, organisation: Organisation, equipment: Equipment, *, today: date) -> None:
    """What people found when they looked, and what they did not."""
    Sighting.objects.bulk_create(
        Sighting(
            asset=equipment[asset.tag],
            on=today - timedelta(days=sighting.days_ago),
            found=sighting.found,
            place=organisation.places[asset.place] if sighting.found else None,
            sort=Sighting.Sort.STOCKTAKE,
            person=organisation.people[asset.place][CLERK],
            by=organisation.people[asset.place][CLERK].name,
            note=sighting.note,
        )
        for asset in county.assets()
        for sighting in asset.sightings
    )
