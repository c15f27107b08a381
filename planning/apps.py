"""What is needed, what it would cost, what the next money should buy, and what became of it."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "planning"
