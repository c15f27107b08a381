"""A county's own fields may be those of people."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("extras", "0002_recorded")]
    operations = [
        migrations.AlterField(
            model_name="customfield",
            name="model",
            field=models.CharField(
                choices=[
                    ("inventory.asset", "Assets"),
                    ("inventory.devicemodel", "Device models"),
                    ("organisation.office", "Offices"),
                    ("organisation.place", "Places"),
                    ("organisation.person", "People"),
                ],
                max_length=60,
                verbose_name="of",
            ),
        ),
    ]
