"""Certificates: written with their entry of the log, kept as they were entered."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from itops.database.recording import recorded

OF_PERSON = (
    "(SELECT o.place_id FROM organisation_person p JOIN organisation_office o ON o.id = p.office_id"
    " WHERE p.id = r.person_id)"
)
KEPT = """
CREATE TRIGGER filled_in_once BEFORE UPDATE OR DELETE ON workforce_certificate FOR EACH ROW
    EXECUTE FUNCTION workforce_filled_in_once('reversed_at', 'reversed_entry', 'reason');
"""


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0001_initial'),
        ('files', '0002_recorded'),
        ('organisation', '0009_places_by_name'),
        ('workforce', '0009_places_of_what_hangs_on'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='certificate')),
                ('number', models.CharField(max_length=60, verbose_name='number')),
                ('issuer', models.CharField(max_length=80, verbose_name='issued by')),
                ('issued_on', models.DateField(verbose_name='issued on')),
                ('expires', models.DateField(blank=True, help_text='the first day on which it no longer counts', null=True, verbose_name='expires')),
                ('level', models.PositiveSmallIntegerField(blank=True, choices=[(1, 'has heard of it'), (2, 'can do it with help'), (3, 'can do it alone'), (4, 'can teach it')], null=True, verbose_name='level')),
                ('recorded_at', models.DateTimeField(verbose_name='recorded')),
                ('entry', models.BigIntegerField(unique=True, verbose_name='number in the log')),
                ('reversed_at', models.DateTimeField(blank=True, null=True, verbose_name='reversed')),
                ('reversed_entry', models.BigIntegerField(blank=True, null=True, verbose_name='number in the log')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='reason for the reversal')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='organisation.person', verbose_name='person')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                ('scan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile', verbose_name='scan')),
                ('skill', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='workforce.skill', verbose_name='skill')),
            ],
            options={
                'verbose_name': 'certificate',
                'verbose_name_plural': 'certificates',
                'ordering': ['-issued_on', '-pk'],
                'permissions': [('reverse_certificate', 'Can reverse certificates')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('reversed_at', None)), fields=('issuer', 'number'), name='certificate_number_once', violation_error_message='A certificate of this issuer with this number is here already.'), models.CheckConstraint(condition=models.Q(('expires', None), ('expires__gt', models.F('issued_on')), _connector='OR'), name='certificate_expires_after_it_was_issued', violation_error_message='The end must lie after the beginning.'), models.CheckConstraint(condition=models.Q(models.Q(('level', None), ('skill', None)), models.Q(('level__isnull', False), ('skill__isnull', False)), _connector='OR'), name='certificate_shows_a_level_of_a_skill', violation_error_message='A skill needs its level, and a level its skill.')],
            },
        ),
        recorded("workforce.certificate", place=OF_PERSON, withheld=("number", "reason")),
        migrations.RunSQL(KEPT, "DROP TRIGGER filled_in_once ON workforce_certificate;"),
    ]
