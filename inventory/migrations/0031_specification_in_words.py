import inventory.models.catalogue
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('inventory', '0030_changes_say_which'),
    ]

    operations = [
        migrations.AlterField(
            model_name='devicemodel',
            name='specification',
            field=inventory.models.catalogue.SpecificationField(blank=True, default=dict, validators=[inventory.models.catalogue.valid_specification], verbose_name='specification'),
        ),
    ]
