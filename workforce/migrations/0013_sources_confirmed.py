"""Whether the county has held a scheme against its document: of those that come with the program nobody has yet."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workforce", "0012_reminders")]
    operations = [
        migrations.AddField(
            "trainingscheme",
            "confirmed",
            models.BooleanField(
                default=False,
                help_text="the county has held hours and first day against the document",
                verbose_name="source confirmed",
            ),
        ),
    ]
