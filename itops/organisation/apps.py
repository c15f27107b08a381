"""Who and where: places, offices, calendars, people, accounts and their scope."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "itops.organisation"
    label = "organisation"
