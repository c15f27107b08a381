"""The table of changes: itops_app reads it, and only the row triggers (with the owner's rights) write to it."""

from django.db import migrations, models

CREATE = """
CREATE TABLE audit_change (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT now(),
    transaction bigint NOT NULL DEFAULT pg_current_xact_id()::text::bigint,
    actor text NOT NULL DEFAULT coalesce(nullif(current_setting('itops.actor', true), ''), 'database:' || session_user),
    reason text NOT NULL DEFAULT coalesce(current_setting('itops.reason', true), ''),
    model text NOT NULL,
    object_id bigint NOT NULL,
    of_model text NOT NULL,
    of_id bigint NOT NULL,
    place_id bigint,
    action text NOT NULL,
    before jsonb,
    after jsonb,
    withheld text[] NOT NULL DEFAULT '{}'
);
CREATE INDEX audit_change_of ON audit_change (of_model, of_id);
CREATE INDEX audit_change_at ON audit_change USING brin (at);
REVOKE ALL ON audit_change FROM itops_app;
GRANT SELECT ON audit_change TO itops_app;
REVOKE ALL ON SEQUENCE audit_change_id_seq FROM itops_app;

-- Values of several changes of one row put over each other: the last in order wins.
CREATE AGGREGATE itops_merged(jsonb) (SFUNC = jsonb_concat, STYPE = jsonb, INITCOND = '{}');
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [("organisation", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False))],
            options={"managed": False, "ordering": ["-id"], "default_permissions": ("view",)},
        ),
        migrations.RunSQL(CREATE, "DROP AGGREGATE itops_merged(jsonb); DROP TABLE audit_change;"),
    ]
