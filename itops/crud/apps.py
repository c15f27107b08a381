"""The kernel under every model's pages."""

from django.apps import AppConfig


class CrudConfig(AppConfig):
    name = "itops.crud"
    label = "crud"
