"""Readings partitioned by local day: one row an endpoint and cycle, its key makes repetition harmless."""

from django.db import migrations

CREATE = """
CREATE TABLE monitoring_reading (
    endpoint_id bigint NOT NULL,
    cycle timestamptz NOT NULL,
    layout_id bigint,
    outcome smallint NOT NULL,
    reason varchar(20) NOT NULL DEFAULT '',
    "values" real[],
    PRIMARY KEY (endpoint_id, cycle)
) PARTITION BY RANGE (cycle);
ALTER TABLE monitoring_state SET (fillfactor = 70);
"""


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0001_initial"), ("inventory", "0003_partitions")]
    operations = [migrations.RunSQL(CREATE, "DROP TABLE monitoring_reading;")]
