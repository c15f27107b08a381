"""An asset whose business system is asked at an address does not move onto a confidential network."""

from django.db import migrations
from django.db.migrations import RunSQL

RULE = """
CREATE OR REPLACE FUNCTION inventory_asset_of_system_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM inventory_network n WHERE n.id = NEW.network_id AND n.kind = 'confidential')
        AND EXISTS (SELECT FROM inventory_businesssystem s WHERE s.asset_id = NEW.id AND s.address <> '')
    THEN
        PERFORM inventory_refuse('the system of asset ' || NEW.id || ' has an address', 'confidential_is_not_asked');
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER system_of_asset_is_not_asked AFTER UPDATE OF network_id ON inventory_asset
    FOR EACH ROW WHEN (NEW.network_id IS DISTINCT FROM OLD.network_id)
    EXECUTE FUNCTION inventory_asset_of_system_moved();
"""
NO_RULE = """
DROP TRIGGER system_of_asset_is_not_asked ON inventory_asset;
DROP FUNCTION inventory_asset_of_system_moved();
"""


class Migration(migrations.Migration):
    dependencies = [("inventory", "0017_waivers_end")]
    operations = [RunSQL(RULE, NO_RULE)]
