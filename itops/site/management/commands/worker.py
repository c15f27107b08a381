"""manage.py worker: do what is on the queue."""

from argparse import ArgumentParser
from typing import cast

from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector


class Command(BaseCommand):
    help = "Run a worker: probes, marking, upkeep. Any number may run on any number of machines."
    requires_system_checks = ()  # it serves no pages

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--concurrency", type=int, default=3, help="jobs at once")

    def handle(self, *, concurrency: int, **options: object) -> None:
        connector = cast(DjangoConnector, app.connector).get_worker_connector()
        with app.replace_connector(connector) as working:
            working.run_worker(concurrency=concurrency, delete_jobs="never")
