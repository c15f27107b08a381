"""What is remembered of the last judgement of assets, and which assets are to be judged afresh."""

from django.db import migrations, models

from inventory import changes

STORED_AS_IT_IS = "ALTER TABLE inventory_casebook ALTER COLUMN data SET STORAGE EXTERNAL"  # packed already
EVERYTHING = "INSERT INTO inventory_pending (asset_id) SELECT id FROM inventory_asset"


class Migration(migrations.Migration):
    dependencies = [("inventory", "0020_indexes_of_what_is_rare")]
    operations = [
        migrations.CreateModel(
            name="Casebook",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("day", models.DateField()),
                ("basis", models.CharField(max_length=64)),
                ("bearings", models.JSONField()),
                ("data", models.BinaryField()),
            ],
            options={"default_permissions": ()},
        ),
        migrations.CreateModel(
            name="Pending",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("asset_id", models.BigIntegerField()),
            ],
            options={"default_permissions": ()},
        ),
        migrations.RunSQL(STORED_AS_IT_IS, migrations.RunSQL.noop),
        migrations.RunSQL(changes.triggers(), changes.no_triggers()),
        migrations.RunSQL(EVERYTHING, migrations.RunSQL.noop),
    ]
