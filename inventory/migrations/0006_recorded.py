"""Changes that people make are recorded; what probes write is not."""

from django.db import migrations

from itops.database.recording import OF_ASSET, OF_ENDPOINT, recorded

ASSET, ENDPOINT, STANDARD = "inventory.asset", "inventory.endpoint", "inventory.standard"


class Migration(migrations.Migration):
    dependencies = [("inventory", "0005_archived_catalogue"), ("audit", "0001_initial")]
    operations = [
        recorded(ASSET, place="r.place_id", left_out=("rank",)),
        recorded(
            "inventory.fact",
            place=OF_ASSET,
            of=(ASSET, "asset_id"),
            left_out=("observed", "source", "since"),
            only_with="declared",
        ),
        recorded("inventory.sighting", place=OF_ASSET, of=(ASSET, "asset_id")),
        recorded("inventory.repair", place=OF_ASSET, of=(ASSET, "asset_id")),
        recorded("inventory.waiver", place=OF_ASSET, of=(ASSET, "asset_id")),
        recorded("inventory.binding", place=OF_ASSET, of=(ASSET, "asset_id")),
        recorded("inventory.manufacturer"),
        recorded("inventory.devicemodel", left_out=("imported",)),
        recorded("inventory.assetclass"),
        recorded("inventory.supporttable"),
        recorded("inventory.network"),
        recorded(ENDPOINT, place="r.place_id", left_out=("first_observed",)),
        recorded(
            "inventory.doubt",
            place=OF_ENDPOINT,
            of=(ENDPOINT, "endpoint_id"),
            left_out=("detail", "opened"),
            only_with="settled",
        ),
        recorded(STANDARD),
        recorded("inventory.standarditem", of=(STANDARD, "standard_id")),
        recorded("inventory.standardoverride", place="r.place_id"),
    ]
