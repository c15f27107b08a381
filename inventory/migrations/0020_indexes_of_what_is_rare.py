"""Fewer and smaller indexes of assets, for each costs an import its time; numbers are looked up in any case's index."""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models


# Django makes it of every unique text, for LIKE; what a number begins with is asked of asset_tag_begins.
LIKE = "inventory_asset_tag_29fb994d_like"


class Migration(migrations.Migration):

    dependencies = [
        ('inventory', '0019_requests'),
        ('organisation', '0009_places_by_name'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='asset',
            name='asset_custom',
        ),
        migrations.RemoveIndex(
            model_name='asset',
            name='asset_worst_of_condition',
        ),
        migrations.RemoveIndex(
            model_name='asset',
            name='asset_kind',
        ),
        migrations.RemoveIndex(
            model_name='asset',
            name='asset_serial',
        ),
        migrations.AlterField(
            model_name='asset',
            name='whole',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='inventory.asset', verbose_name='part of'),
        ),
        migrations.AddIndex(
            model_name='asset',
            index=models.Index(condition=models.Q(('whole__isnull', False)), fields=['whole'], name='asset_whole'),
        ),
        migrations.AddIndex(
            model_name='asset',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('custom', {}), _negated=True), fields=['custom'], name='asset_own_fields', opclasses=['jsonb_path_ops']),
        ),
        migrations.AddIndex(
            model_name='asset',
            index=models.Index(condition=models.Q(('archived', False), models.Q(('condition', 'in_use'), _negated=True)), fields=['condition', 'rank', 'tag'], name='asset_worst_not_in_use'),
        ),
        migrations.RunSQL(
            f"DROP INDEX IF EXISTS {LIKE}",
            f"CREATE INDEX IF NOT EXISTS {LIKE} ON inventory_asset (tag varchar_pattern_ops)",
        ),
    ]
