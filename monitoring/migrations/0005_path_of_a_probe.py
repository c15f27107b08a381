"""A probe may ask for another page than its profile."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0004_never_seen")]
    operations = [
        migrations.AddField(
            model_name="probe",
            name="http_path",
            field=models.CharField(blank=True, max_length=80, verbose_name="HTTP path"),
        )
    ]
