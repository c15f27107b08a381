"""Changes of files, notes and tags carry the place of what they hang on, so that scope applies to them."""

from django.db import migrations

from itops.database.recording import recorded

OF_SUBJECT = """(CASE r.model
    WHEN 'inventory.asset' THEN (SELECT a.place_id FROM inventory_asset a WHERE a.id = r.object_id)
    WHEN 'organisation.office' THEN (SELECT o.place_id FROM organisation_office o WHERE o.id = r.object_id)
    WHEN 'organisation.person' THEN (SELECT o.place_id FROM organisation_person p
        JOIN organisation_office o ON o.id = p.office_id WHERE p.id = r.object_id)
    WHEN 'organisation.place' THEN r.object_id END)"""
HANG_ON = ("extras.note", "extras.tagging", "files.attachment")


class Migration(migrations.Migration):
    dependencies = [
        ("inventory", "0011_fewer_indexes"),
        ("extras", "0003_own_fields_of_people"),
        ("files", "0002_recorded"),
        ("organisation", "0008_own_fields_of_people"),
    ]
    operations = [
        recorded(label, place=OF_SUBJECT, of=("model", "object_id")) for label in HANG_ON
    ]
