"""manage.py ahead: what becomes outdated within the next months because its maker's support ends."""

import json
from argparse import ArgumentParser, ArgumentTypeError
from collections import Counter
from datetime import date

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from inventory.actions.trials import Ahead, ahead
from inventory.marks.ahead import months_after
from inventory.models import KIND_NAMES, Asset

MOST = 120


def months(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= MOST:
        raise ArgumentTypeError(_("Write a number of months from 1 to %(most)s.") % {"most": MOST})
    return int(text)


class Command(BaseCommand):
    help = "Which assets become outdated within the next 24 months because their maker's support ends."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--months", type=months, default=24)
        parser.add_argument("--json", action="store_true", dest="as_json", help="print one JSON document")

    def handle(self, *, months: int, as_json: bool, **options: object) -> None:
        today = timezone.localdate()
        until = months_after(today, months)
        found = ahead(today, until)
        self.stdout.write(_document(found, today, until) if as_json else "\n".join(_lines(found, until)))


def _document(found: list[Ahead], today: date, until: date) -> str:
    tags = dict(Asset.objects.filter(pk__in=[one.asset for one in found]).values_list("pk", "tag"))
    assets = [
        {"tag": tags[one.asset], "kind": one.kind.value, "on": f"{one.ending.on}", "rule": one.ending.rule}
        for one in found
    ]
    return json.dumps({"date": f"{today}", "until": f"{until}", "assets": assets})


def _lines(found: list[Ahead], until: date) -> list[str]:
    head = _("%(count)s assets become outdated by %(until)s") % {"count": len(found), "until": until}
    by_month = Counter((one.ending.on.strftime("%Y-%m"), one.kind) for one in found)
    return [
        head,
        *(f"{month}  {KIND_NAMES[kind]} {number}" for (month, kind), number in sorted(by_month.items())),
    ]
