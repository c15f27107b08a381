"""SQL that notes which assets are to be judged afresh: triggers for every statement that changes what is known of one.

An update counts where something changed that a verdict looks at.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from inventory.counts import PLAN

EVENTS = ("insert", "update", "delete")
OF_ASSET = "SELECT r.asset_id FROM changed r"
WITH_WHOLE = """
    SELECT r.asset_id FROM changed r
    UNION ALL SELECT a.whole_id FROM changed r JOIN inventory_asset a ON a.id = r.asset_id WHERE a.whole_id IS NOT NULL
"""
OF_ENDPOINT = """
    SELECT b.asset_id FROM changed r JOIN inventory_binding b ON b.endpoint_id = r.id
    UNION ALL
    SELECT a.whole_id FROM changed r JOIN inventory_binding b ON b.endpoint_id = r.id
        JOIN inventory_asset a ON a.id = b.asset_id WHERE a.whole_id IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Watched:
    """A table, the columns that verdicts look at, and whose verdicts they are; `changed` are the rows."""

    columns: str
    assets: str = OF_ASSET
    events: Sequence[str] = EVENTS
    by_marking: bool = False  # the marking itself writes it, and knows


WATCHED: Mapping[str, Watched] = {
    "inventory_asset": Watched(
        "id, place_id, kind, condition, in_service_on, minimum_years, device_model_id, network_id, whole_id, archived",
        "SELECT r.id FROM changed r UNION ALL SELECT r.whole_id FROM changed r WHERE r.whole_id IS NOT NULL",
    ),
    "inventory_fact": Watched("asset_id, name, declared, observed, since"),
    "inventory_sighting": Watched('id, asset_id, "on", found'),
    "inventory_waiver": Watched("id, asset_id, mark, rule, starts, until"),
    "inventory_repair": Watched('id, asset_id, "on"'),
    "inventory_binding": Watched("asset_id, endpoint_id, during", WITH_WHOLE),
    "inventory_endpoint": Watched("id, first_observed, behind_id", OF_ENDPOINT, ("update",)),
    "inventory_devicemodel": Watched(
        "id, minimum_years, end_of_support, specification",
        "SELECT a.id FROM changed r JOIN inventory_asset a ON a.device_model_id = r.id",
        ("update",),
    ),
    "inventory_network": Watched(
        "id, kind", "SELECT a.id FROM changed r JOIN inventory_asset a ON a.network_id = r.id", ("update",)
    ),
    "inventory_standing": Watched("asset_id, missing, outdated, unused, unsupported, lacks", by_marking=True),
    "inventory_mark": Watched(
        "asset_id, place_id, kind, rule, marking, waived, numbers, since, closed",
        "SELECT r.asset_id FROM changed r WHERE r.asset_id IS NOT NULL",
        by_marking=True,
    ),
}
MARKING = "SELECT set_config('itops.marking', 'on', true)"  # so long as the marking itself writes
MARKED = "SELECT set_config('itops.marking', '', true)"
UNLESS_MARKING = "IF current_setting('itops.marking', true) = 'on' THEN RETURN NULL; END IF;"
TABLES = {
    "insert": "NEW TABLE AS new_rows",
    "update": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "delete": "OLD TABLE AS old_rows",
}
ROWS = {
    "insert": "SELECT {0} FROM new_rows",
    "update": """(SELECT {0} FROM new_rows EXCEPT SELECT {0} FROM old_rows)
        UNION ALL (SELECT {0} FROM old_rows EXCEPT SELECT {0} FROM new_rows)""",
    "delete": "SELECT {0} FROM old_rows",
}
TRIGGER = """
    CREATE FUNCTION {table}_pending_{event}() RETURNS trigger LANGUAGE plpgsql {plan} AS $$
        #variable_conflict use_column
        BEGIN
            {unless}
            INSERT INTO inventory_pending (asset_id)
            WITH changed AS MATERIALIZED ({rows}) SELECT DISTINCT asset FROM ({assets}) found (asset);
            RETURN NULL;
        END $$;
    CREATE TRIGGER pending_{event} AFTER {event} ON {table} REFERENCING {tables}
        FOR EACH STATEMENT EXECUTE FUNCTION {table}_pending_{event}();
"""


def triggers() -> str:
    """For the migration."""
    return "".join(
        TRIGGER.format(
            table=table,
            event=event,
            plan=PLAN,
            rows=ROWS[event].format(watched.columns),
            assets=watched.assets,
            tables=TABLES[event],
            unless=UNLESS_MARKING if watched.by_marking else "",
        )
        for table, watched in WATCHED.items()
        for event in watched.events
    )


def no_triggers() -> str:
    """Takes them away again."""
    return "".join(
        f"DROP TRIGGER pending_{event} ON {table}; DROP FUNCTION {table}_pending_{event}();"
        for table, watched in WATCHED.items()
        for event in watched.events
    )
