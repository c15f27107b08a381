"""The database as a Django app: it brings the commands `backup` and `restore`."""

from django.apps import AppConfig


class DatabaseConfig(AppConfig):
    name = "itops.database"
