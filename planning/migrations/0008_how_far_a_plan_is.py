"""How far the solving of a scenario is, for those who wait; it is no change that people make."""

from django.db import migrations, models

from itops.database.recording import recorded


class Migration(migrations.Migration):
    dependencies = [("planning", "0007_upgrades")]
    operations = [
        migrations.AddField(
            model_name="scenario",
            name="done",
            field=models.PositiveSmallIntegerField(
                default=0, editable=False, verbose_name="solved so far (percent)"
            ),
        ),
        recorded("planning.scenario", left_out=("asked_at", "trouble", "done")),
    ]
