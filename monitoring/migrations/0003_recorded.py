"""What people set is recorded; of the secrets only that they changed."""

from django.db import migrations

from itops.database.recording import OF_ENDPOINT, recorded


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0002_readings"), ("audit", "0001_initial")]
    operations = [
        recorded(
            "monitoring.credential", withheld=("community", "user", "auth_password", "privacy_password")
        ),
        recorded(
            "monitoring.probe",
            key="endpoint_id",
            place=OF_ENDPOINT,
            of=("inventory.endpoint", "endpoint_id"),
        ),
    ]
