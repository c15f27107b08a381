"""Of a confidential system the register says that it exists: no note, which lists, files and programs could carry on."""

from django.db import migrations
from django.db.migrations import RunSQL

EMPTIED = """
UPDATE inventory_businesssystem s SET note = '' WHERE s.note <> '' AND EXISTS (
    SELECT FROM inventory_network n WHERE n.kind = 'confidential' AND (n.id = s.network_id
        OR n.id = (SELECT a.network_id FROM inventory_asset a WHERE a.id = s.asset_id)));
"""
RULES = """
CREATE FUNCTION inventory_note_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM inventory_network n WHERE n.kind = 'confidential' AND (n.id = NEW.network_id
        OR n.id = (SELECT a.network_id FROM inventory_asset a WHERE a.id = NEW.asset_id)))
    THEN
        PERFORM inventory_refuse('system ' || NEW.id || ' is confidential and has no note', 'confidential_has_no_note');
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER system_has_no_note AFTER INSERT OR UPDATE ON inventory_businesssystem
    FOR EACH ROW WHEN (NEW.note <> '') EXECUTE FUNCTION inventory_note_written();

CREATE FUNCTION inventory_network_hides() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM inventory_businesssystem s LEFT JOIN inventory_asset a ON a.id = s.asset_id
        WHERE NEW.id IN (s.network_id, a.network_id) AND s.note <> '')
    THEN
        PERFORM inventory_refuse('systems of network ' || NEW.id || ' have a note', 'confidential_has_no_note');
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER network_hides AFTER UPDATE OF kind ON inventory_network
    FOR EACH ROW WHEN (NEW.kind = 'confidential') EXECUTE FUNCTION inventory_network_hides();
"""
NO_RULES = """
DROP TRIGGER network_hides ON inventory_network; DROP FUNCTION inventory_network_hides();
DROP TRIGGER system_has_no_note ON inventory_businesssystem; DROP FUNCTION inventory_note_written();
"""


class Migration(migrations.Migration):
    dependencies = [("inventory", "0022_room_for_marks")]
    operations = [RunSQL(EMPTIED, RunSQL.noop), RunSQL(RULES, NO_RULES)]
