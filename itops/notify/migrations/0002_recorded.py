"""Webhooks are recorded without their secrets; the change record can be read in the order of transactions."""

from django.db import migrations

from itops.database.recording import recorded


class Migration(migrations.Migration):
    dependencies = [("notify", "0001_initial"), ("audit", "0001_initial")]
    operations = [
        recorded("notify.webhook", place="r.place_id", withheld=("secret", "headers")),
        migrations.RunSQL(
            "CREATE INDEX audit_change_transaction ON audit_change USING brin (transaction)"
            " WITH (pages_per_range = 32, autosummarize = on)",
            "DROP INDEX audit_change_transaction",
        ),
    ]
