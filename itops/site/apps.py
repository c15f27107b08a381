"""The roof: urls, navigation, home, and the commands that run the whole."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "itops.site"
    label = "site"
