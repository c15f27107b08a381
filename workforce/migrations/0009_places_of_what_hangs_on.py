"""Changes of files, notes and tags of posts, skills and sessions carry their place too."""

from django.db import migrations

from itops.database.recording import recorded

OF_PERSON = """(SELECT o.place_id FROM organisation_person p
    JOIN organisation_office o ON o.id = p.office_id WHERE p.id = {person})"""
OF_SUBJECT = f"""(CASE r.model
    WHEN 'inventory.asset' THEN (SELECT a.place_id FROM inventory_asset a WHERE a.id = r.object_id)
    WHEN 'organisation.office' THEN (SELECT o.place_id FROM organisation_office o WHERE o.id = r.object_id)
    WHEN 'organisation.person' THEN {OF_PERSON.format(person="r.object_id")}
    WHEN 'organisation.place' THEN r.object_id
    WHEN 'workforce.post' THEN (SELECT o.place_id FROM workforce_post p
        JOIN organisation_office o ON o.id = p.office_id WHERE p.id = r.object_id)
    WHEN 'workforce.heldskill' THEN (SELECT {OF_PERSON.format(person="h.person_id")}
        FROM workforce_heldskill h WHERE h.id = r.object_id)
    WHEN 'workforce.trainingsession' THEN (SELECT s.place_id FROM workforce_trainingsession s
        WHERE s.id = r.object_id) END)"""
HANG_ON = ("extras.note", "extras.tagging", "files.attachment")


class Migration(migrations.Migration):
    dependencies = [
        ("workforce", "0008_assessment_kept"),
        ("inventory", "0012_places_of_what_hangs_on"),
    ]
    operations = [
        recorded(label, place=OF_SUBJECT, of=("model", "object_id")) for label in HANG_ON
    ]
