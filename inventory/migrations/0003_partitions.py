"""Evidence partitioned by month, and the function that makes partitions for the role that may not."""

from django.db import migrations

CREATE = """
CREATE TABLE inventory_evidenceday (
    endpoint_id bigint NOT NULL,
    day date NOT NULL,
    witness varchar(10) NOT NULL,
    open_minutes real NOT NULL DEFAULT 0,
    observable_minutes real NOT NULL DEFAULT 0,
    seen_minutes real NOT NULL DEFAULT 0,
    asked_minutes real NOT NULL DEFAULT 0,
    users smallint,
    used_minutes real,
    calls integer,
    pages integer,
    content_changes smallint,
    display_on_minutes real,
    line_share_p95 integer,
    last_cycle timestamptz,
    generated boolean NOT NULL DEFAULT false,
    PRIMARY KEY (endpoint_id, day, witness)
) PARTITION BY RANGE (day);

-- Runs with the owner's rights: itops_app may not create tables, yet rows of a new day need a partition.
CREATE FUNCTION itops_ensure_day(local_day date, zone text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    month date := date_trunc('month', local_day)::date;
    month_name text := 'inventory_evidenceday_' || to_char(month, 'YYYYMM');
    day_name text := 'monitoring_reading_' || to_char(local_day, 'YYYYMMDD');
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('itops_ensure_day'));
    IF to_regclass(month_name) IS NULL THEN
        EXECUTE format('CREATE TABLE %I PARTITION OF inventory_evidenceday FOR VALUES FROM (%L) TO (%L)',
            month_name, month, (month + interval '1 month')::date);
    END IF;
    IF to_regclass('monitoring_reading') IS NOT NULL AND to_regclass(day_name) IS NULL THEN
        EXECUTE format('CREATE TABLE %I PARTITION OF monitoring_reading FOR VALUES FROM (%L) TO (%L)',
            day_name, local_day::timestamp AT TIME ZONE zone, (local_day + 1)::timestamp AT TIME ZONE zone);
    END IF;
END $$;
REVOKE ALL ON FUNCTION itops_ensure_day(date, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION itops_ensure_day(date, text) TO itops_app;
"""


class Migration(migrations.Migration):
    dependencies = [("inventory", "0002_initial")]
    operations = [
        migrations.RunSQL(
            CREATE, "DROP FUNCTION itops_ensure_day(date, text); DROP TABLE inventory_evidenceday;"
        )
    ]
