"""Changes that people make are recorded; nobody is assigned to more than the whole of the working time."""

from django.db import migrations
from django.db.migrations import RunSQL

from itops.database.recording import recorded

OF_OFFICE = "(SELECT o.place_id FROM organisation_office o WHERE o.id = r.office_id)"
OF_POST = (
    "(SELECT o.place_id FROM workforce_post p JOIN organisation_office o ON o.id = p.office_id WHERE p.id = r.post_id)"
)
OF_PERSON = (
    "(SELECT o.place_id FROM organisation_person p JOIN organisation_office o ON o.id = p.office_id"
    " WHERE p.id = r.person_id)"
)
POST, SKILL = "workforce.post", "workforce.skill"

# The lock on the person makes two who write at once follow each other; the sum is greatest on a day on which an
# assignment begins. NO KEY, so that the foreign key's own lock does not stand in the way.
SHARES = """
CREATE FUNCTION workforce_shares_of_a_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM organisation_person WHERE id = NEW.person_id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT FROM workforce_assignment first
        JOIN workforce_assignment other ON other.person_id = first.person_id
            AND other.starts <= first.starts AND (other.ends IS NULL OR other.ends > first.starts)
        WHERE first.person_id = NEW.person_id
        GROUP BY first.id HAVING sum(other.share) > 100
    ) THEN
        RAISE EXCEPTION 'the assignments of person % share more than 100 %% of a day', NEW.person_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'assignment_shares_at_most_100',
                  TABLE = 'workforce_assignment';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER assignment_shares_at_most_100 AFTER INSERT OR UPDATE OF person_id, share, starts, ends
    ON workforce_assignment FOR EACH ROW EXECUTE FUNCTION workforce_shares_of_a_person();
"""
NO_SHARES = """
DROP TRIGGER assignment_shares_at_most_100 ON workforce_assignment;
DROP FUNCTION workforce_shares_of_a_person();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("workforce", "0002_catalogue"),
        ("audit", "0001_initial"),
        ("organisation", "0007_person_at_work"),
    ]
    operations = [
        recorded("workforce.skillgroup"),
        recorded(SKILL),
        recorded("workforce.equipmentskill", of=(SKILL, "skill_id")),
        recorded(POST, place=OF_OFFICE),
        recorded("workforce.postskill", place=OF_POST, of=(POST, "post_id")),
        recorded("workforce.assignment", place=OF_POST, of=(POST, "post_id")),
        recorded("workforce.responsibility", place=OF_OFFICE),
        recorded("workforce.heldskill", place=OF_PERSON, withheld=("reference", "note")),
        RunSQL(SHARES, NO_SHARES),
    ]
