"""The change of a property says which property it is, that of a standard's line which kind of equipment."""

from django.db import migrations

from itops.database.recording import OF_ASSET, recorded


class Migration(migrations.Migration):
    dependencies = [("inventory", "0029_not_in_use_by_place")]
    operations = [
        recorded(
            "inventory.fact",
            place=OF_ASSET,
            of=("inventory.asset", "asset_id"),
            left_out=("observed", "source", "since"),
            telling=("name",),
            only_with="declared",
        ),
        recorded("inventory.standarditem", of=("inventory.standard", "standard_id"), telling=("kind",)),
    ]
