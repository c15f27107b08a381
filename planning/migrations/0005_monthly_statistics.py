"""Monthly statistics; a confirmed figure and what it cites stay as they are, whoever writes."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models

from itops.database.recording import recorded

INDICATOR, FIGURE = "planning.indicator", "planning.monthlyfigure"
COUNTED = ("definition_id", "part", "whole", "untold", "generated", "townships", "lacking", "as_of", "office_id")

FROZEN = """
CREATE FUNCTION planning_figure_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.confirmed_at IS NOT NULL THEN
        PERFORM planning_refuse('a confirmed figure is not changed: correct it by another version',
            'figure_is_frozen');
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER figure_is_frozen BEFORE UPDATE OR DELETE ON planning_monthlyfigure
    FOR EACH ROW EXECUTE FUNCTION planning_figure_is_frozen();

CREATE FUNCTION planning_figure_follows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before planning_monthlyfigure%ROWTYPE;
BEGIN
    SELECT * INTO before FROM planning_monthlyfigure f
    WHERE f.indicator_id = NEW.indicator_id AND f.month = NEW.month AND f.place_id = NEW.place_id
    ORDER BY f.version DESC LIMIT 1;
    IF before.id IS NULL AND NEW.version = 1 AND NEW.reason = '' THEN
        RETURN NEW;
    END IF;
    IF before.id IS NULL OR before.confirmed_at IS NULL OR NEW.version <> before.version + 1
        OR NEW.reason = '' THEN
        PERFORM planning_refuse('another version follows a confirmed one and says why',
            'correction_follows_and_says_why');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER figure_follows BEFORE INSERT ON planning_monthlyfigure
    FOR EACH ROW EXECUTE FUNCTION planning_figure_follows();

CREATE FUNCTION planning_definition_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW IS DISTINCT FROM OLD AND EXISTS (
        SELECT FROM planning_monthlyfigure f WHERE f.definition_id = OLD.id AND f.confirmed_at IS NOT NULL
    ) THEN
        PERFORM planning_refuse('frozen figures cite this definition: write another version',
            'definition_stays');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER definition_stays BEFORE UPDATE ON planning_indicatordefinition
    FOR EACH ROW EXECUTE FUNCTION planning_definition_stays();

CREATE FUNCTION planning_template_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM planning_refuse('a form that was handed in is not changed', 'template_stays');
    RETURN NULL;
END $$;
CREATE TRIGGER template_stays BEFORE UPDATE ON planning_reporttemplate
    FOR EACH ROW EXECUTE FUNCTION planning_template_stays();
"""
NOT_FROZEN = """
DROP TRIGGER template_stays ON planning_reporttemplate;
DROP TRIGGER definition_stays ON planning_indicatordefinition;
DROP TRIGGER figure_follows ON planning_monthlyfigure; DROP TRIGGER figure_is_frozen ON planning_monthlyfigure;
DROP FUNCTION planning_template_stays(); DROP FUNCTION planning_definition_stays();
DROP FUNCTION planning_figure_follows(); DROP FUNCTION planning_figure_is_frozen();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('organisation', '0009_places_by_name'),
        ('planning', '0004_promises'),
        ('audit', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=12, unique=True, verbose_name='code')),
                ('name', models.CharField(max_length=60, unique=True, verbose_name='name')),
                ('name_en', models.CharField(blank=True, max_length=80, verbose_name='English name')),
                ('archived', models.BooleanField(default=False, verbose_name='archived')),
                ('office', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.office', verbose_name='reporting office')),
            ],
            options={
                'verbose_name': 'indicator',
                'verbose_name_plural': 'indicators',
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='IndicatorDefinition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MinValueValidator(1)], verbose_name='version')),
                ('starts', models.DateField(verbose_name='in force from')),
                ('rule', models.CharField(choices=[('computers_provided', 'computers there against the standard'), ('equipment_provided', 'equipment there against the standard'), ('staff_per_computer', 'authorised staff to each computer there'), ('network_coverage', 'townships with a network link'), ('computers_connected', 'computers that the network saw in the month'), ('security_provided', 'townships with a network security device'), ('serviceable', 'equipment there, not outdated and not under repair'), ('in_use', 'days of use among the days observed'), ('rooms_used', 'conference rooms used in the month'), ('links_online', 'minutes in which network links answered')], max_length=24, verbose_name='counts')),
                ('text', models.TextField(verbose_name='definition')),
                ('text_en', models.TextField(blank=True, verbose_name='definition in English')),
                ('document', models.CharField(blank=True, max_length=120, verbose_name='document')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='definitions', to='planning.indicator', verbose_name='indicator')),
            ],
            options={
                'verbose_name': 'definition of an indicator',
                'verbose_name_plural': 'definitions of indicators',
                'ordering': ['indicator', '-version'],
            },
        ),
        migrations.CreateModel(
            name='MonthlyFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(verbose_name='month')),
                ('version', models.PositiveSmallIntegerField(default=1, verbose_name='version')),
                ('part', models.BigIntegerField(default=0, verbose_name='numerator')),
                ('whole', models.BigIntegerField(default=0, verbose_name='denominator')),
                ('untold', models.IntegerField(default=0, verbose_name='cannot be told')),
                ('generated', models.IntegerField(default=0, verbose_name='from demonstration data')),
                ('townships', models.PositiveSmallIntegerField(default=0, verbose_name='townships counted')),
                ('lacking', models.CharField(blank=True, choices=[('staff_unknown', 'the staff is not recorded'), ('no_standard', 'no standard asks for any'), ('cannot_tell', 'nothing was observed of it'), ('nothing_there', 'there is none')], max_length=16, verbose_name='why there is no figure')),
                ('as_of', models.DateField(verbose_name='as of')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='reason for the correction')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed at')),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='confirmed by')),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.place', verbose_name='county')),
                ('definition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='planning.indicatordefinition', verbose_name='definition')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='planning.indicator', verbose_name='indicator')),
                ('office', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.office', verbose_name='reporting office')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.place', verbose_name='place')),
            ],
            options={
                'verbose_name': 'monthly figure',
                'verbose_name_plural': 'monthly figures',
                'ordering': ['-month', 'indicator', 'place__level', 'place__position', '-version'],
                'permissions': [('confirm_monthlyfigure', 'Can confirm the monthly figures of the own office')],
            },
        ),
        migrations.CreateModel(
            name='ReportedFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(help_text='any day of the month', verbose_name='month')),
                ('value', models.DecimalField(decimal_places=2, help_text='in the indicator’s unit: 90.5 for 90.5 percent', max_digits=10, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('100000'))], verbose_name='value as reported')),
                ('definition_said', models.CharField(blank=True, help_text='only where it is not the one laid down', max_length=200, verbose_name='definition it was counted by')),
                ('document', models.CharField(blank=True, max_length=120, verbose_name='document')),
                ('explanation', models.CharField(blank=True, max_length=400, verbose_name='explanation of the difference')),
                ('explained_of', models.CharField(blank=True, editable=False, max_length=80)),
                ('explained_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='explained at')),
                ('explained_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='explained by')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reported', to='planning.indicator', verbose_name='indicator')),
                ('office', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.office', verbose_name='reported by')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.place', verbose_name='place')),
            ],
            options={
                'verbose_name': 'figure reported by hand',
                'verbose_name_plural': 'figures reported by hand',
                'ordering': ['-month', 'indicator', 'place__position'],
            },
        ),
        migrations.CreateModel(
            name='ReportTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort', models.CharField(choices=[('city', 'the city’s form (XLSX)'), ('report', 'the monthly report (DOCX)')], max_length=8, verbose_name='form')),
                ('name', models.CharField(max_length=120, verbose_name='file')),
                ('data', models.BinaryField(verbose_name='content')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='handed in at')),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='handed in by')),
            ],
            options={
                'verbose_name': 'form of a report',
                'verbose_name_plural': 'forms of reports',
                'ordering': ['sort', '-added_at', '-pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='indicatordefinition',
            constraint=models.UniqueConstraint(fields=('indicator', 'version'), name='definition_version_once'),
        ),
        migrations.AddConstraint(
            model_name='indicatordefinition',
            constraint=models.UniqueConstraint(fields=('indicator', 'starts'), name='definition_starts_once'),
        ),
        migrations.AddConstraint(
            model_name='monthlyfigure',
            constraint=models.UniqueConstraint(fields=('indicator', 'month', 'place', 'version'), name='monthly_figure_once'),
        ),
        migrations.AddConstraint(
            model_name='monthlyfigure',
            constraint=models.CheckConstraint(condition=models.Q(('part__gte', 0), ('untold__gte', 0), ('whole__gte', 0)), name='monthly_figure_counts'),
        ),
        migrations.AddConstraint(
            model_name='monthlyfigure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('lacking', ''), ('whole__gt', 0)), models.Q(models.Q(('lacking', ''), _negated=True), ('whole', 0)), _connector='OR'), name='no_figure_without_its_denominator'),
        ),
        migrations.AddConstraint(
            model_name='monthlyfigure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at', None), ('confirmed_by', None)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False), ('office__isnull', False)), _connector='OR'), name='figure_confirmed_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='monthlyfigure',
            constraint=models.CheckConstraint(condition=models.Q(('month__day', 1)), name='figure_of_a_month'),
        ),
        migrations.AddConstraint(
            model_name='reportedfigure',
            constraint=models.UniqueConstraint(fields=('indicator', 'month', 'place'), name='reported_figure_once'),
        ),
        migrations.AddConstraint(
            model_name='reportedfigure',
            constraint=models.CheckConstraint(condition=models.Q(('value__gte', 0), ('value__lte', Decimal('100000'))), name='reported_figure_is_sane'),
        ),
        migrations.AddConstraint(
            model_name='reportedfigure',
            constraint=models.CheckConstraint(condition=models.Q(('month__day', 1)), name='reported_figure_of_a_month'),
        ),
        recorded(INDICATOR),
        recorded("planning.indicatordefinition", of=(INDICATOR, "indicator_id")),
        recorded(FIGURE, place="r.place_id", left_out=COUNTED, only_with="confirmed_at"),
        recorded("planning.reportedfigure", place="r.place_id"),
        recorded("planning.reporttemplate", left_out=("data",)),
        migrations.RunSQL(FROZEN, NOT_FROZEN),
    ]
