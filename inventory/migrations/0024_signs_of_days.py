"""Blocks of evidence keep what marks read of them, until their data change. Casebooks remember other things now."""

from django.db import migrations, models

# Packed already, and short: they lie in the row itself.
AS_IT_IS = "ALTER TABLE inventory_evidenceblock ALTER COLUMN signs SET STORAGE EXTERNAL"
FORGETTING = """
CREATE FUNCTION inventory_evidence_written() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN NEW.signs = NULL; RETURN NEW; END $$;
CREATE TRIGGER forget_signs BEFORE UPDATE OF data ON inventory_evidenceblock
    FOR EACH ROW EXECUTE FUNCTION inventory_evidence_written();
"""
REMEMBERING = """
DROP TRIGGER forget_signs ON inventory_evidenceblock;
DROP FUNCTION inventory_evidence_written();
"""
FORGET = "DELETE FROM inventory_casebook"


class Migration(migrations.Migration):
    dependencies = [("inventory", "0023_confidential_systems_have_no_note")]
    operations = [
        migrations.AddField("evidenceblock", "signs", models.BinaryField(null=True)),
        migrations.AddField(
            "evidenceblock",
            "signs_by",
            models.CharField(blank=True, db_default="", max_length=32),
        ),
        migrations.RunSQL(AS_IT_IS, migrations.RunSQL.noop),
        migrations.RunSQL(FORGETTING, REMEMBERING),
        migrations.RunSQL(FORGET, FORGET),
    ]
