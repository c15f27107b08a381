"""By which signs an endpoint is known, and what to ask a person when signs disagree.

Same serial number elsewhere: moved. Same address with another serial number: replaced. The same serial number
at two addresses that both answer: one of them is wrong. Each opens a Doubt; nothing is rebound without a person.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from psycopg.types.range import TimestamptzRange

from inventory.models import Asset, Binding, Doubt, Endpoint, KeyKind
from itops.database.statements import Row, rows, run


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What one endpoint said of itself; placeholders are already left out."""

    endpoint: int
    serial: str = ""
    engine_id: str = ""
    name: str = ""
    macs: tuple[str, ...] = ()


class ConfidentialNetwork(ValueError):
    """Something of a confidential network was to be probed or bound to a probed endpoint."""


SEEN_KEYS = """
    WITH seen AS (SELECT * FROM unnest(%(endpoints)s::bigint[], %(kinds)s::text[], %(values)s::text[])
        AS s (endpoint_id, kind, value)),
    ended AS (
        UPDATE inventory_endpointkey k SET until = %(at)s
        WHERE k.until IS NULL AND k.kind IN ('serial', 'engine_id', 'name')
          AND EXISTS (SELECT FROM seen s WHERE s.endpoint_id = k.endpoint_id AND s.kind = k.kind)
          AND NOT EXISTS (SELECT FROM seen s
            WHERE s.endpoint_id = k.endpoint_id AND s.kind = k.kind AND s.value = k.value)
    )
    INSERT INTO inventory_endpointkey (endpoint_id, kind, value, since)
    SELECT DISTINCT endpoint_id, kind, value, %(at)s FROM seen
    ON CONFLICT (endpoint_id, kind, value) WHERE until IS NULL DO NOTHING
"""

# Endpoints whose serial number is not the one recorded for their asset; `owner` is the asset that has it.
DISAGREEING = """
    SELECT s.endpoint_id, s.serial, mine.id, mine.serial, owner.id, elsewhere.endpoint_id,
        EXISTS (SELECT FROM inventory_endpointkey other WHERE other.kind = 'serial' AND other.value = s.serial
            AND other.until IS NULL AND other.endpoint_id = elsewhere.endpoint_id)
    FROM unnest(%(endpoints)s::bigint[], %(serials)s::text[]) AS s (endpoint_id, serial)
    LEFT JOIN inventory_binding b ON b.endpoint_id = s.endpoint_id AND upper_inf(b.during)
    LEFT JOIN inventory_asset mine ON mine.id = b.asset_id
    LEFT JOIN inventory_asset owner ON owner.serial = s.serial AND NOT owner.archived
        AND owner.id IS DISTINCT FROM mine.id
    LEFT JOIN inventory_binding elsewhere ON elsewhere.asset_id = owner.id AND upper_inf(elsewhere.during)
        AND elsewhere.endpoint_id <> s.endpoint_id
    WHERE coalesce(mine.serial, '') <> s.serial AND (owner.id IS NOT NULL OR coalesce(mine.serial, '') <> '')
"""


def record_signs(signs: Sequence[Signs], *, at: datetime) -> None:
    """Keep the dated keys of these endpoints and open doubts where a serial number disagrees."""
    _keep_keys(signs, at)
    with_serial = [one for one in signs if one.serial]
    if not with_serial:
        return
    serials = {"endpoints": [s.endpoint for s in with_serial], "serials": [s.serial for s in with_serial]}
    disagreeing = rows(DISAGREEING, serials)
    Doubt.objects.bulk_create((_doubt(row, at) for row in disagreeing), ignore_conflicts=True)


def _keep_keys(signs: Iterable[Signs], at: datetime) -> None:
    keys = [
        (one.endpoint, kind.value, value)
        for one in signs
        for kind, value in (
            (KeyKind.SERIAL, one.serial),
            (KeyKind.ENGINE_ID, one.engine_id),
            (KeyKind.NAME, one.name),
            *((KeyKind.MAC, mac) for mac in one.macs),
        )
        if value
    ]
    if not keys:
        return
    endpoints, kinds, values = zip(*keys, strict=True)
    run(SEEN_KEYS, {"endpoints": list(endpoints), "kinds": list(kinds), "values": list(values), "at": at})


def _doubt(row: Row, at: datetime) -> Doubt:
    endpoint, serial, asset, recorded, owner, other, still_there = row
    if owner is None:
        sort = Doubt.Sort.REPLACED
    else:
        sort = Doubt.Sort.TWICE if still_there else Doubt.Sort.MOVED
    detail = {"serial": serial, "recorded": recorded or "", "asset": asset, "owner": owner}
    return Doubt(endpoint_id=endpoint, other_id=other, sort=sort, detail=detail, opened=at)


@transaction.atomic
def bind(endpoint: Endpoint, asset: Asset, *, by: str, at: datetime | None = None) -> Binding:
    """From now on this endpoint is this asset; an earlier binding of the endpoint ends."""
    if asset.confidential or endpoint.network.confidential:
        raise ConfidentialNetwork(asset.tag)
    moment = at or timezone.now()
    unbind(endpoint, at=moment)
    return Binding.objects.create(
        endpoint=endpoint, asset=asset, during=TimestamptzRange(moment, None), by=by
    )


def unbind(endpoint: Endpoint, *, at: datetime | None = None) -> None:
    """The endpoint's current binding ends; its history stays."""
    moment = at or timezone.now()
    for binding in Binding.objects.current().filter(endpoint=endpoint).select_for_update():
        binding.during = TimestamptzRange(binding.during.lower, moment)
        binding.save(update_fields=["during"])


@transaction.atomic
def settle(doubt: Doubt, *, rebind: bool, by: str) -> None:
    """A person decides a doubt, or that all stays as it is.

    The endpoint is from now on the asset that owns the serial number; or, where nobody has it, the asset was
    replaced by a device of that serial number.
    """
    if rebind and doubt.detail.get("owner"):
        owner = Asset.objects.get(pk=doubt.detail["owner"])
        for binding in Binding.objects.current().filter(asset=owner):
            unbind(binding.endpoint)
        bind(doubt.endpoint, owner, by=by)
    elif rebind and doubt.sort == Doubt.Sort.REPLACED:
        Asset.objects.filter(pk=doubt.detail["asset"]).update(serial=doubt.detail["serial"])
    doubt.settled, doubt.settled_by = timezone.now(), by
    doubt.decision = "rebound" if rebind else "kept"
    doubt.save(update_fields=["settled", "settled_by", "decision"])
