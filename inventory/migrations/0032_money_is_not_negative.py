import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inventory', '0031_specification_in_words'),
    ]

    operations = [
        migrations.AlterField(
            model_name='asset',
            name='cost_fen',
            field=models.BigIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(0, message='Money is not negative here.')], verbose_name='purchase cost (fen)'),
        ),
        migrations.AlterField(
            model_name='repair',
            name='cost_fen',
            field=models.BigIntegerField(default=0, validators=[django.core.validators.MinValueValidator(0, message='Money is not negative here.')], verbose_name='cost (fen)'),
        ),
    ]
