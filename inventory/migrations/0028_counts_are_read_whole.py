import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inventory', '0027_closed_marks_with_what_is_said'),
        ('organisation', '0009_places_by_name'),
    ]

    operations = [
        migrations.AlterField(
            model_name='assetcount',
            name='place',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organisation.place'),
        ),
    ]
