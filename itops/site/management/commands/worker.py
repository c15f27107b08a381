"""manage.py worker: do what is on the queue."""

from argparse import ArgumentParser

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Run a worker: probes, marking, upkeep. Any number may run on any number of machines."
    requires_system_checks = ()  # it serves no pages

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--concurrency", type=int, default=3, help="jobs at once")

    def handle(self, *, concurrency: int, **options: object) -> None:
        call_command("procrastinate", "worker", "--concurrency", str(concurrency), "--delete-jobs", "never")
