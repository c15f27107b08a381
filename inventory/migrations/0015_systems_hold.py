"""What holds of business systems whoever writes: a confidential one is never asked; explanations stay."""

from django.db import migrations
from django.db.migrations import RunSQL

from itops.database.recording import recorded

SYSTEM, FIGURE = "inventory.businesssystem", "inventory.systemfigure"
OF_OFFICE = "(SELECT o.place_id FROM organisation_office o WHERE o.id = r.office_id)"
OF_FIGURE = """(SELECT o.place_id FROM inventory_systemfigure f
    JOIN organisation_office o ON o.id = f.office_id WHERE f.id = r.one_id)"""

# The network's row is locked: whoever makes it confidential at the same moment comes before or after.
# An address that changes is not asked until the program has planned it anew.
RULES = """
CREATE FUNCTION inventory_refuse(said text, by_constraint text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', said USING ERRCODE = 'check_violation', CONSTRAINT = by_constraint;
END $$;

CREATE FUNCTION inventory_system_written() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    confidential boolean;
BEGIN
    PERFORM 1 FROM inventory_network n WHERE n.id = NEW.network_id
        OR n.id = (SELECT a.network_id FROM inventory_asset a WHERE a.id = NEW.asset_id) FOR SHARE;
    SELECT bool_or(n.kind = 'confidential') INTO confidential FROM inventory_network n
    WHERE n.id = NEW.network_id OR n.id = (SELECT a.network_id FROM inventory_asset a WHERE a.id = NEW.asset_id);
    IF confidential AND (NEW.address <> '' OR EXISTS (
        SELECT FROM inventory_binding b WHERE b.asset_id = NEW.asset_id AND upper_inf(b.during))
    ) THEN
        PERFORM inventory_refuse('system ' || NEW.id || ' is confidential and is not asked', 'confidential_is_not_asked');
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.endpoint_id IS NOT NULL AND
        (NEW.address, NEW.network_id, NEW.archived) IS DISTINCT FROM (OLD.address, OLD.network_id, OLD.archived)
    THEN
        UPDATE inventory_endpoint SET archived = true WHERE id = OLD.endpoint_id AND NOT archived;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER system_is_not_asked AFTER INSERT OR UPDATE ON inventory_businesssystem
    FOR EACH ROW EXECUTE FUNCTION inventory_system_written();

CREATE FUNCTION inventory_network_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM inventory_businesssystem s LEFT JOIN inventory_asset a ON a.id = s.asset_id
        WHERE NEW.id IN (s.network_id, a.network_id) AND s.address <> '')
    THEN
        PERFORM inventory_refuse('systems of network ' || NEW.id || ' have an address', 'confidential_is_not_asked');
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER network_is_not_asked AFTER UPDATE OF kind ON inventory_network
    FOR EACH ROW WHEN (NEW.kind = 'confidential') EXECUTE FUNCTION inventory_network_changed();

CREATE FUNCTION inventory_explanation_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM inventory_refuse('an explanation is not changed', 'explanation_stays');
    RETURN NULL;
END $$;
CREATE TRIGGER explanation_stays BEFORE UPDATE OR DELETE ON inventory_mismatchexplanation
    FOR EACH ROW EXECUTE FUNCTION inventory_explanation_stays();
"""
NO_RULES = """
DROP TRIGGER explanation_stays ON inventory_mismatchexplanation;
DROP TRIGGER network_is_not_asked ON inventory_network;
DROP TRIGGER system_is_not_asked ON inventory_businesssystem;
DROP FUNCTION inventory_explanation_stays(); DROP FUNCTION inventory_network_changed();
DROP FUNCTION inventory_system_written(); DROP FUNCTION inventory_refuse(text, text);
"""


class Migration(migrations.Migration):
    dependencies = [("inventory", "0014_business_systems"), ("audit", "0001_initial")]
    operations = [
        recorded(SYSTEM, left_out=("endpoint_id",)),
        recorded("inventory.systemuse", place=OF_OFFICE, of=(SYSTEM, "system_id")),
        recorded("inventory.systemexchange", of=(SYSTEM, "target_id")),
        recorded("inventory.manualentry", place=OF_OFFICE, of=("inventory.systemexchange", "exchange_id")),
        recorded("inventory.statisticaldefinition"),
        recorded(FIGURE, place=OF_OFFICE, of=(SYSTEM, "system_id")),
        recorded("inventory.mismatchexplanation", place=OF_FIGURE, of=(FIGURE, "one_id")),
        RunSQL(RULES, NO_RULES),
    ]
