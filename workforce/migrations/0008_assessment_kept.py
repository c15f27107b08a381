"""Assessment is recorded; attempts and signed sheets stay as they were entered; indicators to begin with."""

from django.db import migrations
from django.db.migrations import RunSQL

from itops.database.recording import recorded

OF_PERSON = (
    "(SELECT o.place_id FROM organisation_person p JOIN organisation_office o ON o.id = p.office_id"
    " WHERE p.id = r.person_id)"
)
OF_SHEET = "(SELECT s.place_id FROM workforce_targetsheet s WHERE s.id = r.sheet_id)"
SHEET = "workforce.targetsheet"
KEPT = """
CREATE TRIGGER filled_in_once BEFORE UPDATE OR DELETE ON workforce_attempt FOR EACH ROW
    EXECUTE FUNCTION workforce_filled_in_once('reversed_at', 'reversed_entry', 'reason');
CREATE TRIGGER filled_in_once BEFORE UPDATE OR DELETE ON workforce_targetsheet FOR EACH ROW
    WHEN (OLD.signed_at IS NOT NULL) EXECUTE FUNCTION workforce_filled_in_once();
CREATE FUNCTION workforce_sheet_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM workforce_targetsheet s WHERE s.signed_at IS NOT NULL
               AND s.id IN (OLD.sheet_id, NEW.sheet_id)) THEN
        RAISE EXCEPTION 'the sheet is signed and stands in the log: it is not changed'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER sheet_is_open BEFORE INSERT OR UPDATE OR DELETE ON workforce_targetscore FOR EACH ROW
    EXECUTE FUNCTION workforce_sheet_is_open();
"""
NOT_KEPT = """
DROP TRIGGER filled_in_once ON workforce_attempt;
DROP TRIGGER filled_in_once ON workforce_targetsheet;
DROP TRIGGER sheet_is_open ON workforce_targetscore;
DROP FUNCTION workforce_sheet_is_open();
"""


class Migration(migrations.Migration):
    dependencies = [("workforce", "0007_assessment"), ("audit", "0001_initial")]
    operations = [
        recorded("workforce.paper"),
        recorded("workforce.attempt", place=OF_PERSON, withheld=("score", "reason")),
        recorded("workforce.targetindicator"),
        recorded(SHEET, place="r.place_id"),
        recorded("workforce.targetscore", place=OF_SHEET, of=(SHEET, "sheet_id")),
        RunSQL(KEPT, NOT_KEPT),
    ]
