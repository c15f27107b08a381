"""Classes, dates and specification of models; support dates by table; exceptions from the standard."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import inventory.models.catalogue
from django.db import migrations, models

from inventory.catalogue.asset_classes import known_classes


def add_known_classes(apps, schema_editor):
    apps.get_model("inventory", "AssetClass").objects.using(schema_editor.connection.alias).bulk_create(
        apps.get_model("inventory", "AssetClass")(
            code=one.code, edition=one.edition, name=one.name, name_en=one.name_en, kind=one.kind or ""
        )
        for one in known_classes()
    )


class Migration(migrations.Migration):

    dependencies = [
        ('inventory', '0003_partitions'),
        ('organisation', '0002_office_staff'),
    ]

    operations = [
        migrations.CreateModel(
            name='AssetClass',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=12, verbose_name='code')),
                ('edition', models.CharField(max_length=40, verbose_name='edition')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('name_en', models.CharField(blank=True, max_length=80, verbose_name='English name')),
                ('kind', models.CharField(blank=True, choices=[('computer', 'Computer'), ('conference_room', 'Conference room'), ('notice_board', 'Notice board'), ('network_link', 'Network link'), ('network_device', 'Network device'), ('server', 'Server'), ('ups', 'UPS'), ('printer', 'Printer'), ('video_endpoint', 'Video endpoint'), ('camera', 'Camera'), ('display', 'Display'), ('machine_room', 'Machine-room installation'), ('business_system', 'Business system')], max_length=20, verbose_name='default of the kind')),
            ],
            options={
                'verbose_name': 'asset class',
                'verbose_name_plural': 'asset classes',
                'ordering': ['-edition', 'code'],
            },
        ),
        migrations.CreateModel(
            name='StandardOverride',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('computer', 'Computer'), ('conference_room', 'Conference room'), ('notice_board', 'Notice board'), ('network_link', 'Network link'), ('network_device', 'Network device'), ('server', 'Server'), ('ups', 'UPS'), ('printer', 'Printer'), ('video_endpoint', 'Video endpoint'), ('camera', 'Camera'), ('display', 'Display'), ('machine_room', 'Machine-room installation'), ('business_system', 'Business system')], max_length=20, verbose_name='kind')),
                ('quantity', models.PositiveSmallIntegerField(verbose_name='number')),
                ('reason', models.CharField(max_length=300, verbose_name='reason')),
                ('author', models.CharField(blank=True, max_length=60, verbose_name='author')),
                ('starts', models.DateField(verbose_name='from')),
                ('ends', models.DateField(blank=True, help_text='the first day on which it no longer holds', null=True, verbose_name='to')),
            ],
            options={
                'verbose_name': 'exception from the standard',
                'verbose_name_plural': 'exceptions from the standard',
                'ordering': ['place', 'kind', 'starts'],
            },
        ),
        migrations.CreateModel(
            name='SupportDate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('family', models.CharField(max_length=40, verbose_name='family')),
                ('key', models.CharField(max_length=40, verbose_name='key')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('cycle', models.CharField(blank=True, max_length=40, verbose_name='release')),
                ('earliest_end', models.DateField(blank=True, null=True, verbose_name='earliest end')),
                ('latest_end', models.DateField(blank=True, null=True, verbose_name='latest end')),
            ],
            options={
                'verbose_name': 'support date',
                'verbose_name_plural': 'support dates',
                'ordering': ['table', 'family', 'id'],
            },
        ),
        migrations.CreateModel(
            name='SupportTable',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts', models.DateField(unique=True, verbose_name='in force from')),
                ('source', models.CharField(max_length=200, verbose_name='source')),
                ('loaded', models.DateTimeField(auto_now_add=True, verbose_name='loaded')),
                ('author', models.CharField(max_length=60, verbose_name='author')),
                ('sha256', models.CharField(max_length=64)),
            ],
            options={
                'verbose_name': 'table of support dates',
                'verbose_name_plural': 'tables of support dates',
                'ordering': ['-starts'],
            },
        ),
        migrations.AlterModelOptions(
            name='devicemodel',
            options={'ordering': ['manufacturer', 'name'], 'verbose_name': 'device model', 'verbose_name_plural': 'device models'},
        ),
        migrations.AlterModelOptions(
            name='manufacturer',
            options={'ordering': ['name'], 'verbose_name': 'manufacturer', 'verbose_name_plural': 'manufacturers'},
        ),
        migrations.AlterModelOptions(
            name='standard',
            options={'ordering': ['-starts'], 'verbose_name': 'provisioning standard', 'verbose_name_plural': 'provisioning standards'},
        ),
        migrations.AlterModelOptions(
            name='standarditem',
            options={'ordering': ['standard', 'kind'], 'verbose_name': 'item of a standard', 'verbose_name_plural': 'items of a standard'},
        ),
        migrations.AddField(
            model_name='devicemodel',
            name='end_of_sale',
            field=models.DateField(blank=True, null=True, verbose_name='end of sale'),
        ),
        migrations.AddField(
            model_name='devicemodel',
            name='imported',
            field=models.JSONField(blank=True, default=dict, editable=False),
        ),
        migrations.AddField(
            model_name='devicemodel',
            name='note',
            field=models.TextField(blank=True, verbose_name='note'),
        ),
        migrations.AddField(
            model_name='devicemodel',
            name='part_number',
            field=models.CharField(blank=True, max_length=80, verbose_name='part number'),
        ),
        migrations.AddField(
            model_name='devicemodel',
            name='released_on',
            field=models.DateField(blank=True, null=True, verbose_name='released'),
        ),
        migrations.AddField(
            model_name='devicemodel',
            name='slug',
            field=models.SlugField(blank=True, max_length=120, verbose_name='short name'),
        ),
        migrations.AddField(
            model_name='devicemodel',
            name='specification',
            field=models.JSONField(blank=True, default=dict, validators=[inventory.models.catalogue.valid_specification], verbose_name='specification'),
        ),
        migrations.AddField(
            model_name='manufacturer',
            name='slug',
            field=models.SlugField(blank=True, max_length=100, verbose_name='short name'),
        ),
        migrations.AddField(
            model_name='standarditem',
            name='cap',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='at most in a township'),
        ),
        migrations.AddField(
            model_name='standarditem',
            name='per_office',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='per office'),
        ),
        migrations.AlterField(
            model_name='devicemodel',
            name='kind',
            field=models.CharField(blank=True, choices=[('computer', 'Computer'), ('conference_room', 'Conference room'), ('notice_board', 'Notice board'), ('network_link', 'Network link'), ('network_device', 'Network device'), ('server', 'Server'), ('ups', 'UPS'), ('printer', 'Printer'), ('video_endpoint', 'Video endpoint'), ('camera', 'Camera'), ('display', 'Display'), ('machine_room', 'Machine-room installation'), ('business_system', 'Business system')], max_length=20, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='standarditem',
            name='standard',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='inventory.standard', verbose_name='provisioning standard'),
        ),
        migrations.AddConstraint(
            model_name='manufacturer',
            constraint=models.UniqueConstraint(condition=models.Q(('slug', ''), _negated=True), fields=('slug',), name='manufacturer_slug_once'),
        ),
        migrations.AddConstraint(
            model_name='assetclass',
            constraint=models.UniqueConstraint(fields=('code', 'edition'), name='asset_class_once'),
        ),
        migrations.AddConstraint(
            model_name='assetclass',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', ''), _negated=True), fields=('kind',), name='asset_class_one_default_of_kind'),
        ),
        migrations.AddField(
            model_name='devicemodel',
            name='asset_class',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='models', to='inventory.assetclass', verbose_name='asset class'),
        ),
        migrations.AddConstraint(
            model_name='devicemodel',
            constraint=models.UniqueConstraint(condition=models.Q(('slug', ''), _negated=True), fields=('manufacturer', 'slug'), name='device_model_slug_once'),
        ),
        migrations.AddConstraint(
            model_name='devicemodel',
            constraint=models.CheckConstraint(condition=models.Q(('released_on', None), ('end_of_support', None), ('released_on__lte', models.F('end_of_support')), _connector='OR'), name='device_model_released_before_it_ends', violation_error_message='Support cannot end before the model was released.'),
        ),
        migrations.AddField(
            model_name='standardoverride',
            name='office',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.office', verbose_name='office'),
        ),
        migrations.AddField(
            model_name='standardoverride',
            name='place',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.place', verbose_name='place'),
        ),
        migrations.AddField(
            model_name='supportdate',
            name='table',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dates', to='inventory.supporttable'),
        ),
        migrations.AddConstraint(
            model_name='standardoverride',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('office', None)), expressions=[('place', '='), ('kind', '='), (models.Func('starts', 'ends', function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='one_override_of_place_at_a_time', violation_error_message='Another exception holds in these days.'),
        ),
        migrations.AddConstraint(
            model_name='standardoverride',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('office', None), _negated=True), expressions=[('office', '='), ('kind', '='), (models.Func('starts', 'ends', function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='one_override_of_office_at_a_time', violation_error_message='Another exception holds in these days.'),
        ),
        migrations.AddConstraint(
            model_name='standardoverride',
            constraint=models.CheckConstraint(condition=models.Q(('ends', None), ('ends__gt', models.F('starts')), _connector='OR'), name='override_ends_after_it_starts', violation_error_message='The end must lie after the beginning.'),
        ),
        migrations.AddConstraint(
            model_name='supportdate',
            constraint=models.UniqueConstraint(fields=('table', 'family', 'key'), name='support_date_once'),
        ),
        migrations.RunPython(add_known_classes, migrations.RunPython.noop),
    ]
