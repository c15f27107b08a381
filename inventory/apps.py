"""What the county answers for: assets, endpoints, facts, evidence and marks."""

from django.apps import AppConfig


class InventoryConfig(AppConfig):
    name = "inventory"
