"""manage.py mark: judge every asset and place, and store what changed."""

import json
from argparse import ArgumentParser
from collections import Counter
from datetime import date

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from inventory.actions.marking import judged, mark
from inventory.day import judgeable_day
from inventory.marks.mark import Answer, Mark
from inventory.models import ANSWER_NAMES, MARK_NAMES

Standing = dict[str, dict[str, int]]


class Command(BaseCommand):
    help = "Judge every asset: missing, outdated, unused. With --date, show a past day's verdicts and store nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--date", type=judgeable_day, help="YYYY-MM-DD; judge that day again")
        parser.add_argument("--json", action="store_true", dest="as_json", help="print one JSON document")

    def handle(self, *, date: date | None, as_json: bool, **options: object) -> None:
        result = self._again(date) if date and date != timezone.localdate() else self._today()
        self.stdout.write(_document(result) if as_json else "\n".join(_lines(result)))

    def _today(self) -> dict[str, object]:
        marked = mark(timezone.localdate())
        return {
            "date": timezone.localdate().isoformat(),
            "stored": True,
            "assets": marked.assets,
            "opened": marked.opened,
            "closed": marked.closed,
            "standing": marked.standing,
        }

    def _again(self, day: date) -> dict[str, object]:
        verdicts = judged(day)
        standing = {
            one.value: dict(Counter(verdict.judgement.answer(one).value for verdict in verdicts))
            for one in Mark
        }
        return {"date": day.isoformat(), "stored": False, "assets": len(verdicts), "standing": standing}


def _document(result: dict[str, object]) -> str:
    return json.dumps(result, ensure_ascii=False)


def _lines(result: dict[str, object]) -> list[str]:
    standing = result["standing"]
    assert isinstance(standing, dict)
    head = _("%(date)s: %(assets)s assets judged") % result
    rows = [
        f"{MARK_NAMES[one]}: " + ", ".join(f"{ANSWER_NAMES[a]} {standing[one].get(a, 0)}" for a in Answer)
        for one in Mark
    ]
    if result["stored"]:
        rows.append(_("opened %(opened)s, closed %(closed)s") % result)
    return [head, *rows]
