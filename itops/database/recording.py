"""Have a table's changes recorded: `recorded("inventory.asset", place="r.place_id")` in a migration is all.

Row triggers, one call a statement, write to `audit_change` (docs/adr/0007): bulk edits, COPY, raw SQL are caught too.
"""

from collections.abc import Sequence

from django.db.migrations import RunSQL

# enable_nestloop: plpgsql keeps the plan of a session's first write. Made for one row it is a nested loop, and with
# it a change of 5,000 rows took 28 s instead of half a second.

# In expressions for `place` the row is called r.
OF_ASSET = "(SELECT a.place_id FROM inventory_asset a WHERE a.id = r.asset_id)"
OF_ENDPOINT = "(SELECT e.place_id FROM inventory_endpoint e WHERE e.id = r.endpoint_id)"

_FUNCTION = """
CREATE OR REPLACE FUNCTION itops_record_{table}() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET enable_nestloop = off AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO audit_change (model, object_id, of_model, of_id, place_id, action, after, withheld)
        SELECT '{label}', r.{key}, {of_model}, r.{of_key}, {place}, 'add',
            jsonb_strip_nulls(to_jsonb(r) - {unseen}), {withheld_of_row}
        FROM new_rows r WHERE {worth_it};
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO audit_change (model, object_id, of_model, of_id, place_id, action, before, withheld)
        SELECT '{label}', r.{key}, {of_model}, r.{of_key}, {place}, 'delete',
            jsonb_strip_nulls(to_jsonb(r) - {unseen}), {withheld_of_row}
        FROM old_rows r WHERE {worth_it};
    ELSE
        INSERT INTO audit_change (model, object_id, of_model, of_id, place_id, action, before, after, withheld)
        SELECT '{label}', r.{key}, {of_model}, r.{of_key}, {place}, 'change',
            {telling_before}(changed.before - {withheld}), {telling_after}(changed.after - {withheld}),
            {withheld_of_change}
        FROM old_rows o JOIN new_rows r ON r.{key} = o.{key}
        CROSS JOIN LATERAL (
            SELECT to_jsonb(o) - {left_out} AS before, to_jsonb(r) - {left_out} AS after OFFSET 0
        ) both_rows
        CROSS JOIN LATERAL (
            SELECT jsonb_object_agg(key, both_rows.before -> key) AS before, jsonb_object_agg(key, value) AS after
            FROM jsonb_each(both_rows.after) WHERE value IS DISTINCT FROM both_rows.before -> key
        ) changed
        WHERE both_rows.before <> both_rows.after;
    END IF;
    RETURN NULL;
END $$;
"""
_TRIGGERS = """
CREATE OR REPLACE TRIGGER recorded_add AFTER INSERT ON {table} REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION itops_record_{table}();
CREATE OR REPLACE TRIGGER recorded_change AFTER UPDATE ON {table}
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION itops_record_{table}();
CREATE OR REPLACE TRIGGER recorded_delete AFTER DELETE ON {table} REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION itops_record_{table}();
"""
_UNDO = """
DROP TRIGGER IF EXISTS recorded_add ON {table};
DROP TRIGGER IF EXISTS recorded_change ON {table};
DROP TRIGGER IF EXISTS recorded_delete ON {table};
DROP FUNCTION IF EXISTS itops_record_{table}();
"""


def recorded(
    label: str,
    *,
    key: str = "id",
    place: str = "NULL",
    of: tuple[str, str] | None = None,
    left_out: Sequence[str] = (),
    withheld: Sequence[str] = (),
    telling: Sequence[str] = (),
    only_with: str = "",
) -> RunSQL:
    """
    Record the changes of a model ("app.model"); a later migration may say it again, otherwise.

    `place` says by SQL where the row belongs, so that scope can be applied; without it the row is the county's.
    `of` names the model on whose pages the change is shown as well (or the column that says which, where rows hang on
    anything), and the column that refers to it.
    Of the columns in `left_out` nothing is recorded (probes write them); of those in `withheld` only that they
    changed (secrets, personal data). Those that are `telling` are kept with each change: they say which of many it was
    (of an asset's properties, of a standard's kinds). With `only_with` a row is recorded as added or deleted only where
    that column says something.
    """
    names = {
        "label": label,
        "table": label.replace(".", "_"),
        "key": key,
        "place": place,
        "of_model": _model(of[0]) if of else f"'{label}'",
        "of_key": of[1] if of else key,
        "left_out": _array(left_out),
        "withheld": _array(withheld),
        "unseen": _array([*left_out, *withheld]),
        "telling_before": _kept_of("o", telling),
        "telling_after": _kept_of("r", telling),
        "worth_it": f"coalesce(r.{only_with}::text, '') <> ''" if only_with else "true",
        "withheld_of_row": _named(withheld, "coalesce(to_jsonb(r) ->> w, '') <> ''"),
        "withheld_of_change": _named(withheld, "changed.after ? w"),
    }
    return RunSQL((_FUNCTION + _TRIGGERS).format(**names), _UNDO.format(**names))


def _model(label_or_column: str) -> str:
    return f"'{label_or_column}'" if "." in label_or_column else f"r.{label_or_column}"


def _array(columns: Sequence[str]) -> str:
    return "'{" + ",".join(columns) + "}'::text[]"


def _kept_of(row: str, columns: Sequence[str]) -> str:
    """These columns of the row as they are, to be put before those that changed."""
    pairs = ", ".join(f"'{column}', {row}.{column}" for column in columns)
    return f"jsonb_build_object({pairs}) || " if columns else ""


def _named(columns: Sequence[str], where: str) -> str:
    """Those of the columns for which the condition holds."""
    return f"ARRAY(SELECT w FROM unnest({_array(columns)}) w WHERE {where})" if columns else "'{}'"
