"""Of what passes into a confidential system or out of it the register says that it does: it has no note."""

from django.db import migrations
from django.db.migrations import RunSQL

CONFIDENTIAL = """
    EXISTS (SELECT FROM inventory_businesssystem s LEFT JOIN inventory_asset a ON a.id = s.asset_id
        JOIN inventory_network n ON n.id IN (s.network_id, a.network_id)
        WHERE s.id IN (e.source_id, e.target_id) AND n.kind = 'confidential')
"""
EMPTIED = f"UPDATE inventory_systemexchange e SET note = '' WHERE e.note <> '' AND {CONFIDENTIAL}"
RULES = f"""
CREATE FUNCTION inventory_connections_have_no_note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM inventory_systemexchange e WHERE e.note <> '' AND {CONFIDENTIAL}) THEN
        PERFORM inventory_refuse('a connection of a confidential system has a note', 'confidential_has_no_note');
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER connection_has_no_note AFTER INSERT OR UPDATE ON inventory_systemexchange
    FOR EACH ROW WHEN (NEW.note <> '') EXECUTE FUNCTION inventory_connections_have_no_note();
CREATE TRIGGER connections_have_no_note AFTER UPDATE OF network_id, asset_id ON inventory_businesssystem
    FOR EACH ROW EXECUTE FUNCTION inventory_connections_have_no_note();
CREATE TRIGGER network_hides_connections AFTER UPDATE OF kind ON inventory_network
    FOR EACH ROW WHEN (NEW.kind = 'confidential') EXECUTE FUNCTION inventory_connections_have_no_note();
CREATE TRIGGER asset_hides_connections AFTER UPDATE OF network_id ON inventory_asset
    FOR EACH ROW WHEN (NEW.kind = 'business_system' AND NEW.network_id IS DISTINCT FROM OLD.network_id)
    EXECUTE FUNCTION inventory_connections_have_no_note();
"""
NO_RULES = """
DROP TRIGGER asset_hides_connections ON inventory_asset;
DROP TRIGGER network_hides_connections ON inventory_network;
DROP TRIGGER connections_have_no_note ON inventory_businesssystem;
DROP TRIGGER connection_has_no_note ON inventory_systemexchange;
DROP FUNCTION inventory_connections_have_no_note();
"""


class Migration(migrations.Migration):
    dependencies = [("inventory", "0025_path_of_a_system")]
    operations = [RunSQL(EMPTIED, RunSQL.noop), RunSQL(RULES, NO_RULES)]
