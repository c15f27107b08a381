"""The queue's base."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "itops.jobs"
    label = "jobs"
