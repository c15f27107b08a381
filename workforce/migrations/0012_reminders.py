"""Reminders; through the change record webhooks are told that one was made, not of whom."""

import django.db.models.deletion
from django.db import migrations, models

from itops.database.recording import recorded

OF_PERSON = (
    "(SELECT o.place_id FROM organisation_person p JOIN organisation_office o ON o.id = p.office_id"
    " WHERE p.id = r.person_id)"
)
KINDS = [
    ("certificate", "a certificate runs out"),
    ("level", "a level held runs out"),
    ("session", "a training session is coming"),
    ("scheme", "hours are lacking and the period ends"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0001_initial"),
        ("organisation", "0009_places_by_name"),
        ("workforce", "0011_former_ranks"),
    ]
    operations = [
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=KINDS, max_length=12, verbose_name="kind")),
                ("about", models.CharField(max_length=120, verbose_name="about")),
                ("due", models.DateField(verbose_name="due")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="made")),
                ("noted_at", models.DateTimeField(blank=True, null=True, verbose_name="noted")),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="reminders", to="organisation.person", verbose_name="person")),
            ],
            options={
                "verbose_name": "reminder",
                "verbose_name_plural": "reminders",
                "ordering": ["due", "pk"],
                "default_permissions": ("view",),
                "constraints": [models.UniqueConstraint(fields=("person", "kind", "about", "due"), name="reminded_once_of_a_day")],
            },
        ),
        recorded("workforce.reminder", place=OF_PERSON, left_out=("noted_at",), withheld=("person_id", "about")),
    ]
