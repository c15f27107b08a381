"""manage.py poll: ask the due probes now, or those of one place or asset."""

import json
from argparse import ArgumentParser
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from inventory.models import Asset, Binding
from itops.organisation.models import Place
from monitoring.actions.poll import Polled, poll_due, poll_endpoints
from monitoring.models import Probe
from monitoring.probes.answer import Reason
from monitoring.wording import REASONS


class Command(BaseCommand):
    help = "Ask whatever is due now. With --asset, that asset's probes, due or not."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--place", help="division code: only what lies in or under it")
        parser.add_argument("--asset", help="asset number")
        parser.add_argument("--json", action="store_true", dest="as_json", help="print one JSON document")

    def handle(self, *, place: str | None, asset: str | None, as_json: bool, **options: object) -> None:
        if asset:
            polled = poll_endpoints(_endpoints(asset))
        else:
            polled = poll_due(place=_place(place) if place else None, budget_s=600)
        self.stdout.write(_document(polled) if as_json else "\n".join(_lines(polled)))


def _place(code: str) -> Place:
    found = Place.objects.filter(code=code)
    if len(found) != 1:
        raise CommandError(
            _("%(count)d places have the code %(code)s.") % {"count": len(found), "code": code}
        )
    return found[0]


def _endpoints(tag: str) -> list[int]:
    asset = Asset.objects.select_related("network").filter(tag=tag).first()
    if asset is None:
        raise CommandError(_("There is no asset %(tag)s.") % {"tag": tag}, returncode=2)
    if asset.confidential:
        raise CommandError(
            _("%(tag)s is on a confidential network; it is never probed.") % {"tag": tag}, returncode=2
        )
    bound = Binding.objects.current().filter(asset=asset).values("endpoint")
    endpoints = list(
        Probe.objects.filter(endpoint__in=bound, enabled=True).values_list("endpoint_id", flat=True)
    )
    if not endpoints:
        raise CommandError(_("%(tag)s has no probe.") % {"tag": tag}, returncode=2)
    return endpoints


def _document(polled: Polled) -> str:
    return json.dumps(asdict(polled), ensure_ascii=False)


def _lines(polled: Polled) -> list[str]:
    head = _(
        "asked %(asked)d, answered %(answered)d, no answer %(failed)d, out of sight %(unreachable)d"
    ) % asdict(polled)
    return [
        head,
        *(f"  {REASONS[Reason(reason)]}: {count}" for reason, count in sorted(polled.reasons.items())),
    ]
