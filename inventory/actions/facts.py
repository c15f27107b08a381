"""Observed properties of assets: stored beside what people recorded, never over it."""

from collections.abc import Mapping
from datetime import datetime

from django.db import connection

OBSERVED = """
    WITH seen AS (
        SELECT * FROM unnest(%(endpoints)s::bigint[], %(names)s::text[], %(values)s::text[])
            AS s (endpoint_id, name, value)
    ), landed AS (
        SELECT DISTINCT ON (b.asset_id, s.name) b.asset_id, s.name, left(s.value, 255) AS value
        FROM seen s
        JOIN inventory_binding b ON b.endpoint_id = s.endpoint_id AND b.during @> %(at)s::timestamptz
    ), replaced AS (
        INSERT INTO inventory_facthistory (asset_id, name, observed, since, until)
        SELECT f.asset_id, f.name, f.observed, f.since, %(at)s
        FROM inventory_fact f JOIN landed l USING (asset_id, name)
        WHERE f.observed <> '' AND f.observed <> l.value AND f.since < %(at)s
        ON CONFLICT DO NOTHING
    )
    INSERT INTO inventory_fact AS f (asset_id, name, declared, observed, source, since)
    SELECT asset_id, name, '', value, %(source)s, %(at)s FROM landed
    ON CONFLICT (asset_id, name) DO UPDATE
        SET observed = excluded.observed, source = excluded.source, since = excluded.since
        WHERE f.observed IS DISTINCT FROM excluded.observed AND (f.since IS NULL OR f.since < excluded.since)
"""


def record_observed_facts(seen: Mapping[int, Mapping[str, str]], *, source: str, at: datetime) -> None:
    """`seen` maps an endpoint to property names and texts; they land on the asset bound to it at that time.

    An answer that arrives after a later one changes nothing: neither what is known today nor any past day.
    """
    rows = [
        (endpoint, name, value) for endpoint, facts in seen.items() for name, value in facts.items() if value
    ]
    if not rows:
        return
    endpoints, names, values = zip(*rows, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            OBSERVED,
            {
                "endpoints": list(endpoints),
                "names": list(names),
                "values": list(values),
                "source": source,
                "at": at,
            },
        )
