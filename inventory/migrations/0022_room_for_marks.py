"""Marks and answers whose numbers change every day leave room for it on their pages, so that no index is touched."""

from django.db import migrations

ROOM = """
    ALTER TABLE inventory_mark SET (fillfactor = 60);
    ALTER TABLE inventory_standing SET (fillfactor = 60);
"""
NONE = """
    ALTER TABLE inventory_mark RESET (fillfactor);
    ALTER TABLE inventory_standing RESET (fillfactor);
"""


class Migration(migrations.Migration):
    dependencies = [("inventory", "0021_casebooks")]
    operations = [migrations.RunSQL(ROOM, NONE)]
