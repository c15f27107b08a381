"""`manage.py load_systems`: the first list of business systems enters the register."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from inventory.actions.systems import load_first_list


class Command(BaseCommand):
    help = "Add the business systems of the first list that are not in the register; repeating it changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", dest="as_json", help="print one JSON document")

    def handle(self, *, as_json: bool, **options: Any) -> None:
        added = load_first_list(by="load_systems")
        said = ngettext("%(count)s business system added.", "%(count)s business systems added.", len(added))
        self.stdout.write(
            json.dumps({"added": [one.name for one in added]}, ensure_ascii=False)
            if as_json
            else said % {"count": len(added)}
        )
