"""Who can run the county's equipment: posts, skills, training, assessment and the sealed log."""

from django.apps import AppConfig


class WorkforceConfig(AppConfig):
    name = "workforce"
