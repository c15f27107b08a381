"""The invented county's catalogue, networks, assets, declared facts and Standard."""

from collections.abc import Iterable
from datetime import date, timedelta

from inventory.marks.kind import Kind
from inventory.models import (
    Asset,
    DeviceModel,
    Fact,
    Manufacturer,
    Network,
    NetworkKind,
    Standard,
    StandardItem,
)
from itops.site.demonstration.load_organisation import Organisation
from itops.site.demonstration.shapes import CONFIDENTIAL, EXTRANET
from itops.site.demonstration.words import SAYS_IT_IS_INVENTED, County, PlannedAsset

INTO_SERVICE = timedelta(days=14)  # after the purchase
NETWORKS = {EXTRANET: NetworkKind.EXTRANET, CONFIDENTIAL: NetworkKind.CONFIDENTIAL}
STANDARDS = (  # name, start, percent of staff that have a computer and a printer
    ("乡镇信息设备配备标准（2022，演示，虚构）", date(2022, 1, 1), {Kind.COMPUTER: 95, Kind.PRINTER: 25}),
    ("乡镇信息设备配备标准（2026，演示，虚构）", date(2026, 1, 1), {Kind.COMPUTER: 100, Kind.PRINTER: 30}),
)
PER_TOWNSHIP = {
    Kind.CONFERENCE_ROOM: 1,
    Kind.NOTICE_BOARD: 1,
    Kind.NETWORK_LINK: 1,
    Kind.NETWORK_DEVICE: 2,
    Kind.UPS: 1,
}

Equipment = dict[str, Asset]  # by tag


def load_equipment(county: County, organisation: Organisation) -> Equipment:
    """Wholes before their parts."""
    _standards()
    networks = {
        name: Network.objects.get_or_create(name=name, kind=kind)[0] for name, kind in NETWORKS.items()
    }
    models = _models(county)
    equipment: Equipment = {}
    for are_parts in (False, True):
        planned = [asset for asset in county.assets() if bool(asset.whole) is are_parts]
        made = Asset.objects.bulk_create(
            _asset(one, organisation, networks, models, equipment.get(one.whole)) for one in planned
        )
        equipment |= {asset.tag: asset for asset in made}
    _facts(county.assets(), equipment)
    return equipment


def _asset(
    planned: PlannedAsset,
    organisation: Organisation,
    networks: dict[str, Network],
    models: dict[tuple[str, str], DeviceModel],
    whole: Asset | None,
) -> Asset:
    people = organisation.bureau_people if planned.bureau else organisation.people[planned.place]
    return Asset(
        tag=planned.tag,
        kind=planned.kind.value,
        name=planned.name,
        place=organisation.places[planned.place],
        office=organisation.bureau if planned.bureau else organisation.offices[planned.place],
        location=planned.location,
        whole=whole,
        device_model=models.get((planned.model.maker, planned.model.name)),
        network=networks[planned.network],
        serial=planned.serial,
        condition=planned.condition.value,
        responsible=people[planned.person % len(people)],
        bought_on=planned.bought_on,
        in_service_on=planned.bought_on + INTO_SERVICE,
        cost_fen=planned.cost_fen or None,
        minimum_years=planned.model.minimum_years,
        note=SAYS_IT_IS_INVENTED,
    )


def _models(county: County) -> dict[tuple[str, str], DeviceModel]:
    """By maker and name; what has no maker (a line, a room, a system) is of no model."""
    wanted = {(asset.model.maker, asset.model.name): asset for asset in county.assets() if asset.model.maker}
    makers = {}
    for asset in wanted.values():
        makers[asset.model.maker], _ = Manufacturer.objects.get_or_create(
            name=asset.model.maker, defaults={"name_en": asset.model.maker_en}
        )
    return {
        (maker, name): DeviceModel.objects.get_or_create(
            manufacturer=makers[maker],
            name=name,
            defaults={"kind": asset.kind.value, "minimum_years": asset.model.minimum_years},
        )[0]
        for (maker, name), asset in wanted.items()
    }


def _facts(planned: Iterable[PlannedAsset], equipment: Equipment) -> None:
    Fact.objects.bulk_create(
        Fact(asset=equipment[one.tag], name=name, declared=value)
        for one in planned
        for name, value in one.declared
    )


def _standards() -> None:
    """The one in force, and the one before it: a past day is measured by its own."""
    for name, starts, percent in STANDARDS:
        standard = Standard.objects.create(name=name, starts=starts, source=SAYS_IT_IS_INVENTED)
        fixed = [
            StandardItem(standard=standard, kind=kind.value, fixed=n) for kind, n in PER_TOWNSHIP.items()
        ]
        shares = [
            StandardItem(standard=standard, kind=kind.value, percent_of_staff=n)
            for kind, n in percent.items()
        ]
        StandardItem.objects.bulk_create(fixed + shares)
