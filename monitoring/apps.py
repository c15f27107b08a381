"""Asking equipment: probes, readings, states and incidents."""

from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "monitoring"
