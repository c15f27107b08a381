"""Webhooks may be told of reminders."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notify', '0002_recorded'),
    ]

    operations = [
        migrations.AlterField(
            model_name='webhook',
            name='sorts',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('inventory.asset', 'Assets'), ('inventory.devicemodel', 'Device models'), ('inventory.sighting', 'Sightings'), ('inventory.repair', 'Repairs'), ('inventory.waiver', 'Waivers'), ('organisation.office', 'Offices'), ('organisation.place', 'Places'), ('workforce.reminder', 'Reminders of training, without names')], max_length=60), size=None, verbose_name='changes of'),
        ),
    ]
