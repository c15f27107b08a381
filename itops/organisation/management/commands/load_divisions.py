"""`manage.py load_divisions --province 43 [--county 430923]`: places down to townships from our data file."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from itops.organisation.actions.divisions import Loaded, load_divisions
from itops.organisation.divisions import UnknownDivision, edition


class Command(BaseCommand):
    help = "Adds a province's (or one county's) places down to townships; repeating it changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--province", required=True, help="two digits, for example 43 for Hunan")
        parser.add_argument("--county", default="", help="six digits: only this county and what is above it")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        code = _code(options["province"], options["county"])
        known = edition()
        try:
            loaded = load_divisions(known.branch(code), by="load_divisions", on=known.on)
        except UnknownDivision as unknown:
            raise CommandError(f"No division has the code {unknown}.", returncode=2) from unknown
        self.stdout.write(json.dumps(_counts(loaded)) if options["json"] else _sentence(loaded))


def _code(province: str, county: str) -> str:
    if len(province) != 2:
        raise CommandError(f"--province {province}: write two digits, for example 43.", returncode=2)
    if county and (len(county) != 6 or not county.startswith(province)):
        raise CommandError(f"--county {county}: write six digits that begin with {province}.", returncode=2)
    return county or province


def _counts(loaded: Loaded) -> dict[str, int]:
    return {
        "added": len(loaded.added),
        "changed": len(loaded.changed),
        "kept": len(loaded.kept),
        "unchanged": loaded.unchanged,
    }


def _sentence(loaded: Loaded) -> str:
    words = (
        "Places: {added} added, {changed} changed, {kept} kept as people changed them, {unchanged} unchanged."
    )
    return words.format(**_counts(loaded))
