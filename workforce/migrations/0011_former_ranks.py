"""What people were until when: kept by the database whoever changes their record, so that past days stay as they were."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from itops.database.recording import recorded

OF_PERSON = (
    "(SELECT o.place_id FROM organisation_person p JOIN organisation_office o ON o.id = p.office_id"
    " WHERE p.id = r.person_id)"
)
# What was blank is filled in, not changed: then nothing else had held before. Of one day's changes the first counts.
KEEP = f"""
CREATE FUNCTION workforce_keep_rank() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO workforce_formerrank (person_id, until, establishment, rank, technical_title)
    VALUES (NEW.id, (now() AT TIME ZONE '{settings.TIME_ZONE}')::date,
        coalesce(nullif(OLD.establishment, ''), NEW.establishment), coalesce(nullif(OLD.rank, ''), NEW.rank),
        coalesce(nullif(OLD.technical_title, ''), NEW.technical_title))
    ON CONFLICT (person_id, until) DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER workforce_keep_rank AFTER UPDATE OF establishment, rank, technical_title ON organisation_person
    FOR EACH ROW WHEN (
        OLD.establishment <> '' AND OLD.establishment <> NEW.establishment
        OR OLD.rank <> '' AND OLD.rank <> NEW.rank
        OR OLD.technical_title <> '' AND OLD.technical_title <> NEW.technical_title)
    EXECUTE FUNCTION workforce_keep_rank();
"""
FORGET = """
DROP TRIGGER workforce_keep_rank ON organisation_person;
DROP FUNCTION workforce_keep_rank();
"""
ESTABLISHMENTS = [
    ("civil", "civil-service establishment"),
    ("institution", "public-institution establishment"),
    ("worker", "government worker establishment"),
    ("contract", "contract staff"),
    ("agency", "agency staff"),
    ("welfare", "public-welfare post"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0001_initial"),
        ("organisation", "0009_places_by_name"),
        ("workforce", "0010_certificates"),
    ]
    operations = [
        migrations.CreateModel(
            name="FormerRank",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateField(help_text="the first day on which it no longer held", verbose_name="until")),
                ("establishment", models.CharField(blank=True, choices=ESTABLISHMENTS, max_length=12, verbose_name="establishment type")),
                ("rank", models.CharField(blank=True, max_length=40, verbose_name="rank")),
                ("technical_title", models.CharField(blank=True, max_length=40, verbose_name="technical title")),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="former_ranks", to="organisation.person", verbose_name="person")),
            ],
            options={
                "verbose_name": "former rank",
                "verbose_name_plural": "former ranks",
                "ordering": ["person__pinyin", "person", "-until"],
                "constraints": [models.UniqueConstraint(fields=("person", "until"), name="former_rank_once_until_a_day", violation_error_message="Until that day something is recorded of the person already.")],
            },
        ),
        recorded("workforce.formerrank", place=OF_PERSON, withheld=("establishment", "rank", "technical_title")),
        migrations.RunSQL(KEEP, FORGET),
    ]
