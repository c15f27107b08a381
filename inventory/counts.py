"""SQL that keeps the counts of assets: triggers for every statement on assets and standings, and their folding.

A difference is added for every change, so that writers never wait for each other; each marking puts them together.
Two transactions that change an asset and its standing at the same moment may leave a difference in the wrong row: once
a day, and by every marking that judges everything, all are counted anew.
"""

from collections.abc import Mapping

KEY = "place_id, kind, retired, missing, outdated, unused, unsupported"
ASSET = {
    "insert": "SELECT 1 AS sign, n.* FROM new_rows n",
    "delete": "SELECT -1 AS sign, o.* FROM old_rows o",
    "update": "SELECT 1 AS sign, n.* FROM new_rows n UNION ALL SELECT -1, o.* FROM old_rows o",
}
UNJUDGED = "asset_id, '' AS missing, '' AS outdated, '' AS unused, false AS unsupported"
ANSWERS = "asset_id, missing, outdated, unused, unsupported"
STANDING = {
    "insert": f"SELECT 1 AS sign, {ANSWERS} FROM new_rows UNION ALL SELECT -1, {UNJUDGED} FROM new_rows",
    "delete": f"SELECT -1 AS sign, {ANSWERS} FROM old_rows UNION ALL SELECT 1, {UNJUDGED} FROM old_rows",
    "update": f"SELECT 1 AS sign, {ANSWERS} FROM new_rows UNION ALL SELECT -1, {ANSWERS} FROM old_rows",
}
TABLES = {
    "insert": "NEW TABLE AS new_rows",
    "delete": "OLD TABLE AS old_rows",
    "update": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
}
OF_ASSET = """a.place_id, a.kind, a.condition = 'retired', coalesce(s.missing, ''), coalesce(s.outdated, ''),
        coalesce(s.unused, ''), coalesce(s.unsupported, false)"""
ADD = f"""
    INSERT INTO inventory_assetcount ({{key}}, pieces, cost_fen)
    SELECT {OF_ASSET}, sum({{sign}}), sum({{sign}} * coalesce(a.cost_fen, 0))
    FROM {{source}}
    WHERE NOT a.archived
    GROUP BY 1, 2, 3, 4, 5, 6, 7
    HAVING sum({{sign}}) <> 0 OR sum({{sign}} * coalesce(a.cost_fen, 0)) <> 0
"""
# A session keeps the plan of its first statement, whose few rows say nothing of the next one's: always look up by key.
PLAN = "SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off"
TRIGGER = """
    CREATE FUNCTION {table}_count_{event}() RETURNS trigger LANGUAGE plpgsql {plan} AS $$
        BEGIN {statement}; RETURN NULL; END $$;
    CREATE TRIGGER count_{event} AFTER {event} ON {table} REFERENCING {tables}
        FOR EACH STATEMENT EXECUTE FUNCTION {table}_count_{event}();
"""
EVERYTHING = "inventory_asset a LEFT JOIN inventory_standing s ON s.asset_id = a.id"
FOLD = f"WITH gone AS (DELETE FROM inventory_assetcount) {ADD.format(key=KEY, sign=1, source=EVERYTHING)}"
# The differences put together: not one asset is looked at.
FOLD_DIFFERENCES = f"""
    WITH gone AS (DELETE FROM inventory_assetcount RETURNING {KEY}, pieces, cost_fen)
    INSERT INTO inventory_assetcount ({KEY}, pieces, cost_fen)
    SELECT {KEY}, sum(pieces), sum(cost_fen) FROM gone
    GROUP BY {KEY} HAVING sum(pieces) <> 0 OR sum(cost_fen) <> 0
"""

KEEP_DAY = """
    INSERT INTO inventory_daycount
        (day, place_id, kind, recorded, missing, outdated, unused, unknown, cost_fen)
    SELECT %(day)s, place_id, kind, sum(pieces),
        coalesce(sum(pieces) FILTER (WHERE missing = 'marked'), 0),
        coalesce(sum(pieces) FILTER (WHERE outdated = 'marked'), 0),
        coalesce(sum(pieces) FILTER (WHERE unused = 'marked'), 0),
        coalesce(sum(pieces) FILTER (WHERE missing IN ('', 'unknown') OR unused = 'unknown'), 0),
        sum(cost_fen)
    FROM inventory_assetcount WHERE NOT retired GROUP BY place_id, kind HAVING sum(pieces) > 0
    ON CONFLICT (day, place_id, kind) DO UPDATE SET recorded = excluded.recorded, missing = excluded.missing,
        outdated = excluded.outdated, unused = excluded.unused, unknown = excluded.unknown,
        cost_fen = excluded.cost_fen
"""


def triggers() -> str:
    """For the migration."""
    asset = "({}) a LEFT JOIN inventory_standing s ON s.asset_id = a.id"
    standing = "({}) s JOIN inventory_asset a ON a.id = s.asset_id"
    return _triggers("inventory_asset", ASSET, asset, "a.sign") + _triggers(
        "inventory_standing", STANDING, standing, "s.sign"
    )


def no_triggers() -> str:
    """Takes them away again."""
    return "".join(
        f"DROP TRIGGER count_{event} ON {table}; DROP FUNCTION {table}_count_{event}();"
        for table in ("inventory_asset", "inventory_standing")
        for event in TABLES
    )


def _triggers(table: str, changes: Mapping[str, str], source: str, sign: str) -> str:
    return "".join(
        TRIGGER.format(
            table=table,
            event=event,
            tables=TABLES[event],
            plan=PLAN,
            statement=ADD.format(key=KEY, sign=sign, source=source.format(changed)),
        )
        for event, changed in changes.items()
    )
