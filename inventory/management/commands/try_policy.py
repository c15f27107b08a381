"""manage.py try_policy FILE: what another policy would mark more and fewer today. Stores nothing."""

import json
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from inventory.actions.trials import Change, Trial, try_out
from inventory.marks.mark import Mark
from inventory.marks.policy import PolicyError, load_policy
from inventory.models import KIND_NAMES, MARK_NAMES, Asset


class Command(BaseCommand):
    help = "Try a policy file out on today's evidence: which assets it would mark more and fewer. Stores nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", dest="as_json", help="print one JSON document")

    def handle(self, *, file: Path, as_json: bool, **options: object) -> None:
        try:
            policy = load_policy(file)
        except PolicyError as error:
            raise CommandError(str(error), returncode=2) from error
        trial = try_out(policy, timezone.localdate())
        self.stdout.write(_document(trial) if as_json else "\n".join(_lines(trial)))


def _document(trial: Trial) -> str:
    tags = dict(Asset.objects.filter(pk__in={one.asset for one in trial.changes}).values_list("pk", "tag"))
    return json.dumps(
        {
            "date": trial.day.isoformat(),
            "policy": trial.policy,
            "against": trial.against,
            "assets": trial.assets,
            "more": {mark.value: [tags[one.asset] for one in trial.more(mark)] for mark in Mark},
            "fewer": {mark.value: [tags[one.asset] for one in trial.fewer(mark)] for mark in Mark},
        },
        ensure_ascii=False,
    )


def _lines(trial: Trial) -> list[str]:
    head = _("%(day)s: %(assets)s assets judged by %(policy)s instead of %(against)s") % {
        "day": trial.day,
        "assets": trial.assets,
        "policy": trial.policy,
        "against": trial.against,
    }
    return [head, *(_line(mark, trial) for mark in Mark)]


def _line(mark: Mark, trial: Trial) -> str:
    more, fewer = trial.more(mark), trial.fewer(mark)
    return _("%(mark)s: %(more)s more, %(fewer)s fewer") % {
        "mark": MARK_NAMES[mark],
        "more": _counted(more),
        "fewer": _counted(fewer),
    }


def _counted(changes: list[Change]) -> str:
    """The number, and of which kinds."""
    if not changes:
        return "0"
    kinds = Counter(one.kind for one in changes).most_common()
    return f"{len(changes)} ({', '.join(f'{KIND_NAMES[kind]} {number}' for kind, number in kinds)})"
