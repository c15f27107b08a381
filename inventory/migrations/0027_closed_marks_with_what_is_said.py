from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inventory", "0026_connections_of_confidential_systems")]

    operations = [
        migrations.RemoveIndex(model_name="mark", name="mark_closed"),
        migrations.AddIndex(
            model_name="mark",
            index=models.Index(
                fields=["closed"],
                include=("opened", "place", "kind", "mark", "rule", "quantity", "closed_because"),
                condition=models.Q(closed__isnull=False, marking=True, waived=False),
                name="mark_closed",
            ),
        ),
    ]
