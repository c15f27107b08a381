"""Import and export."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "itops.exchange"
    label = "exchange"
