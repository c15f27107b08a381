"""Notes, tags and own fields are recorded as everything that people write."""

from django.db import migrations

from itops.database.recording import recorded


class Migration(migrations.Migration):
    dependencies = [("extras", "0001_initial"), ("audit", "0001_initial")]
    operations = [
        recorded("extras.note", of=("model", "object_id")),
        recorded("extras.tagging", of=("model", "object_id")),
        recorded("extras.tag"),
        recorded("extras.customfield"),
    ]
