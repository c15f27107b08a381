from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inventory', '0028_counts_are_read_whole'),
        ('organisation', '0009_places_by_name'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='asset',
            name='asset_worst_not_in_use',
        ),
        migrations.AddIndex(
            model_name='asset',
            index=models.Index(condition=models.Q(('archived', False), models.Q(('condition', 'in_use'), _negated=True)), fields=['condition', 'rank', 'tag'], include=('place',), name='asset_worst_not_in_use'),
        ),
    ]
