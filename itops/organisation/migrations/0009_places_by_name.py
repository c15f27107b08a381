"""What places and the place above are called."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisation", "0008_own_fields_of_people")]
    operations = [
        migrations.AlterModelOptions(
            name="place",
            options={
                "ordering": ["position", "code"],
                "verbose_name": "place",
                "verbose_name_plural": "places",
            },
        ),
        migrations.AlterField(
            model_name="place",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="children",
                to="organisation.place",
                verbose_name="lies under",
            ),
        ),
    ]
