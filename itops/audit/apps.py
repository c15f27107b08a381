"""The change record: who changed what, when, from what to what, and why."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "itops.audit"
    label = "audit"
