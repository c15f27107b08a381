import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('workforce', '0014_alter_logpersonal_options'),
    ]

    operations = [
        migrations.AlterField(
            model_name='trainingplan',
            name='budget_fen',
            field=models.BigIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(0, message='Money is not negative here.')], verbose_name='budget (fen)'),
        ),
        migrations.AlterField(
            model_name='trainingsession',
            name='cost_fen',
            field=models.BigIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(0, message='Money is not negative here.')], verbose_name='cost (fen)'),
        ),
    ]
