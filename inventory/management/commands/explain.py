"""manage.py explain TAG: why an asset is marked, waived, clear or cannot be told, on a day."""

import json
from argparse import ArgumentParser
from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from inventory.actions.marking import Verdict, judged
from inventory.actions.policies import policies_on
from inventory.day import judgeable_day
from inventory.marks.mark import Mark
from inventory.models import ANSWER_NAMES, MARK_NAMES, Asset
from inventory.wording import lack_sentence, sentence


class Command(BaseCommand):
    help = "Explain an asset's marks: rule, threshold, window, numbers, and what is lacking to know."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("tag")
        parser.add_argument("--date", type=judgeable_day, help="YYYY-MM-DD; as that day's evidence had it")
        parser.add_argument("--json", action="store_true", dest="as_json", help="print one JSON document")

    def handle(self, *, tag: str, date: date | None, as_json: bool, **options: object) -> None:
        asset = Asset.objects.filter(tag=tag).first()
        if asset is None:
            raise CommandError(_("There is no asset %(tag)s.") % {"tag": tag}, returncode=2)
        day = date or timezone.localdate()
        verdict = next(iter(judged(day, [asset.pk])), None)
        if verdict is None:
            said = _("%(tag)s was not on the books on %(day)s.") % {"tag": tag, "day": day}
            raise CommandError(said, returncode=2)
        self.stdout.write(
            _document(asset, verdict, day) if as_json else "\n".join(_lines(asset, verdict, day))
        )


def _document(asset: Asset, verdict: Verdict, day: date) -> str:
    judgement = verdict.judgement
    return json.dumps(
        {
            "tag": asset.tag,
            "date": day.isoformat(),
            "policy": policies_on(day).of(verdict.known.place).version,
            "answers": {mark.value: judgement.answer(mark).value for mark in Mark},
            "findings": [
                {
                    "mark": finding.mark.value,
                    "rule": finding.rule,
                    "marking": finding.marking,
                    "waived": judgement.waiver(finding) is not None,
                    "since": finding.since.isoformat(),
                    "window": [finding.window_from.isoformat(), finding.window_to.isoformat()],
                    "numbers": dict(finding.numbers),
                }
                for finding in judgement.findings
            ],
            "lacks": [
                {
                    "mark": lack.mark.value,
                    "rule": lack.rule,
                    "code": lack.code.value,
                    "numbers": dict(lack.numbers),
                }
                for lack in judgement.lacks
            ],
        },
        ensure_ascii=False,
    )


def _lines(asset: Asset, verdict: Verdict, day: date) -> list[str]:
    judgement = verdict.judgement
    lines = [f"{asset} · {day} · {policies_on(day).of(verdict.known.place).version}"]
    for mark in Mark:
        lines.append(f"{MARK_NAMES[mark]}: {ANSWER_NAMES[judgement.answer(mark)]}")
        lines += [f"  {sentence(f)} [{f.rule}]" for f in judgement.findings if f.mark is mark]
        lines += [f"  {lack_sentence(lack)} [{lack.rule}]" for lack in judgement.lacks if lack.mark is mark]
    return lines
