"""How many staff an office had when, kept by the database whoever writes the number."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KEEP = f"""
CREATE FUNCTION organisation_keep_staff() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    today date := (now() AT TIME ZONE '{settings.TIME_ZONE}')::date;
    held integer := (SELECT staff FROM organisation_officestaff
        WHERE office_id = NEW.id AND starts <= today ORDER BY starts DESC LIMIT 1);
BEGIN
    IF NEW.staff IS DISTINCT FROM held THEN
        INSERT INTO organisation_officestaff (office_id, starts, staff) VALUES (NEW.id, today, NEW.staff)
        ON CONFLICT (office_id, starts) DO UPDATE SET staff = excluded.staff;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER organisation_keep_staff AFTER INSERT OR UPDATE OF staff ON organisation_office
    FOR EACH ROW EXECUTE FUNCTION organisation_keep_staff();
INSERT INTO organisation_officestaff (office_id, starts, staff)
    SELECT id, (now() AT TIME ZONE '{settings.TIME_ZONE}')::date, staff FROM organisation_office;
"""
FORGET = """
DROP TRIGGER organisation_keep_staff ON organisation_office;
DROP FUNCTION organisation_keep_staff();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('organisation', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='OfficeStaff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts', models.DateField(verbose_name='from')),
                ('staff', models.PositiveSmallIntegerField(verbose_name='authorised staff in post')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='staff_numbers', to='organisation.office', verbose_name='office')),
            ],
            options={
                'verbose_name': 'number of staff',
                'verbose_name_plural': 'numbers of staff',
                'ordering': ['office', '-starts'],
                'constraints': [models.UniqueConstraint(fields=('office', 'starts'), name='office_staff_once')],
            },
        ),
        migrations.RunSQL(KEEP, FORGET),
    ]
