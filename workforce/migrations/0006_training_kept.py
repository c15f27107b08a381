"""Training is recorded; what stands in the log cannot be written otherwise here; the schemes that hold everywhere."""

from datetime import date

from django.db import migrations
from django.db.migrations import RunSQL

from itops.database.recording import recorded

OF_SESSION = "(SELECT s.place_id FROM workforce_trainingsession s WHERE s.id = r.{})"
OF_PERSON = (
    "(SELECT o.place_id FROM organisation_person p JOIN organisation_office o ON o.id = p.office_id"
    " WHERE p.id = r.person_id)"
)
SESSION, SCHEME = "workforce.trainingsession", "workforce.trainingscheme"

# What was entered in the log stays as it was entered; signatures, a reversal, an answer are filled in once each.
KEPT = """
CREATE FUNCTION workforce_filled_in_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    was jsonb := to_jsonb(OLD);
    becomes jsonb := CASE WHEN TG_OP = 'UPDATE' THEN to_jsonb(NEW) ELSE '{}' END;
    name text;
BEGIN
    FOR name IN SELECT key FROM jsonb_each(was) WHERE value IS DISTINCT FROM becomes -> key LOOP
        IF NOT (name = ANY(TG_ARGV)) OR coalesce(was ->> name, '') <> '' THEN
            RAISE EXCEPTION '% of % stands in the log: it is not changed', name, TG_TABLE_NAME
                USING ERRCODE = 'insufficient_privilege';
        END IF;
    END LOOP;
    RETURN NEW;
END $$;
CREATE TRIGGER filled_in_once BEFORE UPDATE OR DELETE ON workforce_attendance FOR EACH ROW
    EXECUTE FUNCTION workforce_filled_in_once('signed_at', 'signed_entry', 'approved_at', 'approved_by_id',
        'approved_entry', 'reversed_at', 'reversed_by_id', 'reversed_entry', 'reason');
CREATE TRIGGER filled_in_once BEFORE UPDATE OR DELETE ON workforce_explanation FOR EACH ROW
    EXECUTE FUNCTION workforce_filled_in_once('answer', 'answered_at', 'answered_by_id', 'answered_entry');
CREATE TRIGGER filled_in_once BEFORE UPDATE OR DELETE ON workforce_legacytraining FOR EACH ROW
    EXECUTE FUNCTION workforce_filled_in_once();
"""
NOT_KEPT = """
DROP TRIGGER filled_in_once ON workforce_attendance;
DROP TRIGGER filled_in_once ON workforce_explanation;
DROP TRIGGER filled_in_once ON workforce_legacytraining;
DROP FUNCTION workforce_filled_in_once();
"""

CADRES = "《干部教育培训工作条例》（2023 年修订）"
PROFESSIONALS = "《专业技术人员继续教育规定》（人社部令第 25 号）"
SCHEMES = (  # audience, name, hours, years, first year, in force from, document
    ("county_leader", "县处级及以上：五年 550 学时", 550, 5, 2023, date(2023, 1, 1), CADRES),
    ("civil_servant", "乡科级及以下公务员：每年 90 学时", 90, 1, 2023, date(2023, 1, 1), CADRES),
    ("professional", "专业技术人员：每年 90 学时，专业科目三分之二以上", 90, 1, 2016, date(2015, 10, 1), PROFESSIONALS),
)


def add_schemes(apps, schema_editor):
    using = schema_editor.connection.alias
    schemes = apps.get_model("workforce", "TrainingScheme").objects.using(using)
    shares = apps.get_model("workforce", "SchemeShare").objects.using(using)
    for audience, name, hours, years, anchor, starts, source in SCHEMES:
        made = schemes.create(
            audience=audience, name=name, hours=hours, years=years, anchor_year=anchor, starts=starts, source=source
        )
        if audience == "professional":
            shares.create(scheme=made, category="professional", parts=2, of=3)


class Migration(migrations.Migration):
    dependencies = [("workforce", "0005_training"), ("audit", "0001_initial")]
    operations = [
        migrations.RunPython(add_schemes, migrations.RunPython.noop),
        recorded(SCHEME),
        recorded("workforce.schemeshare", of=(SCHEME, "scheme_id")),
        recorded("workforce.course"),
        recorded("workforce.trainingplan", place="r.place_id"),
        recorded(SESSION, place="r.place_id"),
        recorded(
            "workforce.trainingsession_computers",
            place=OF_SESSION.format("trainingsession_id"),
            of=(SESSION, "trainingsession_id"),
        ),
        recorded("workforce.enrolment", place=OF_SESSION.format("session_id"), of=(SESSION, "session_id")),
        recorded("workforce.attendancesheet", place=OF_SESSION.format("session_id"), of=(SESSION, "session_id")),
        recorded("workforce.attendance", place=OF_PERSON, of=(SESSION, "session_id"), withheld=("reason",)),
        recorded("workforce.legacytraining", place=OF_PERSON, withheld=("title", "provider")),
        recorded("workforce.explanation", place=OF_SESSION.format("session_id"), of=(SESSION, "session_id")),
        RunSQL(KEPT, NOT_KEPT),
    ]
