"""Closed days of evidence as packed blocks."""

from django.db import migrations, models

STORED_AS_IT_IS = "ALTER TABLE inventory_evidenceblock ALTER COLUMN data SET STORAGE EXTERNAL"  # packed already


class Migration(migrations.Migration):
    dependencies = [("inventory", "0015_systems_hold")]
    operations = [
        migrations.CreateModel(
            name="EvidenceBlock",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "number", "day", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.BigIntegerField()),
                ("day", models.DateField()),
                ("generated", models.BooleanField()),
                ("data", models.BinaryField()),
            ],
            options={"default_permissions": ()},
        ),
        migrations.RunSQL(STORED_AS_IT_IS, migrations.RunSQL.noop),
    ]
