"""An address may name a page."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inventory", "0024_signs_of_days")]
    operations = [
        migrations.AlterField(
            model_name="businesssystem",
            name="address",
            field=models.CharField(
                blank=True,
                help_text="like http://10.61.0.8:8080/login; empty where it is not to be asked",
                max_length=140,
                verbose_name="address",
            ),
        )
    ]
