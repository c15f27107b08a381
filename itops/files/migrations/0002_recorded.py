"""What is attached to what is recorded; the bytes never change."""

from django.db import migrations

from itops.database.recording import recorded


class Migration(migrations.Migration):
    dependencies = [("files", "0001_initial"), ("audit", "0001_initial")]
    operations = [recorded("files.attachment", of=("model", "object_id"))]
