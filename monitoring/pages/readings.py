"""The readings and days of evidence behind an asset's verdict, down to the single answer a mark cites."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.dateparse import parse_date

from inventory.actions.observed import Seen
from inventory.models import Asset, Endpoint
from inventory.queries.asset import endpoints_of
from itops.organisation.models import User
from itops.organisation.scope import signed_in, visible
from monitoring.models import Outcome
from monitoring.queries import readings
from monitoring.queries.readings import Told
from monitoring.wording import NUMBERS, REASONS, SIGNS, WITNESSES

DAYS = 90
TOTALS = ("users", "calls", "used_minutes", "pages", "content_changes", "display_on_minutes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A reading in words."""

    cycle: datetime
    outcome: str
    answered: bool
    reason: str
    numbers: str
    cited: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLine:
    """A day of evidence in words."""

    endpoint: Endpoint
    row: Seen
    witness: str
    signs: str


def page(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    assets = visible(Asset.objects.select_related("place"), user, "inventory.view_asset")
    asset = get_object_or_404(assets, pk=pk)
    own = endpoints_of(asset)
    endpoints = _endpoints(user, own)
    chosen = _chosen(request, endpoints)
    cycle = _cycle(request)
    day = _day(request, cycle)
    cited = readings.one(chosen.pk, cycle) if chosen and cycle else None
    told = readings.on_day(chosen.pk, day) if chosen else []
    seen = visible(Endpoint.objects.filter(pk__in=own), user, "inventory.view_evidenceday")
    days = readings.evidence(seen, DAYS)
    context = {
        "asset": asset,
        "endpoints": endpoints,
        "chosen": chosen,
        "day": day,
        "cited": _line(cited, cycle) if cited else None,
        "cycle": cycle,
        "lines": [_line(one, cycle) for one in told],
        "several": len(own) > 1,
        "days": [_day_line(*one) for one in days],
        "generated": any(row.generated for _, row in days),
    }
    return render(request, "monitoring/readings.html", context)


def _endpoints(user: User, own: Mapping[int, int | None]) -> list[Endpoint]:
    """Those that spoke for the asset, then what they are behind, as far as the user may see them."""
    order = list(dict.fromkeys([*own, *(one for one in own.values() if one)]))
    seen = visible(Endpoint.objects.all(), user, "inventory.view_endpoint")
    found = seen.select_related("network", "place").in_bulk(order)
    return [found[one] for one in order if one in found]


def _chosen(request: HttpRequest, endpoints: list[Endpoint]) -> Endpoint | None:
    asked = request.GET.get("endpoint", "")
    if not asked:
        return next(iter(endpoints), None)
    for one in endpoints:
        if str(one.pk) == asked:
            return one
    raise Http404


def _cycle(request: HttpRequest) -> datetime | None:
    try:
        return datetime.fromtimestamp(float(request.GET["cycle"]), UTC)
    except (KeyError, ValueError, OverflowError, OSError):
        return None


def _day(request: HttpRequest, cycle: datetime | None) -> date:
    try:
        asked = parse_date(request.GET.get("day", ""))
    except ValueError:
        asked = None
    return asked or (timezone.localdate(cycle) if cycle else timezone.localdate())


def _line(told: Told, cited: datetime | None) -> Line:
    return Line(
        cycle=timezone.localtime(told.cycle),
        outcome=str(told.outcome.label),
        answered=told.outcome is Outcome.ANSWERED,
        reason="" if told.outcome is Outcome.ANSWERED else str(REASONS[told.reason]) if told.reason else "",
        numbers=" · ".join(
            f"{NUMBERS.get(name, name)}: {value:,.6g}" for name, value in told.numbers if value is not None
        ),
        cited=told.cycle == cited,
    )


def _day_line(endpoint: Endpoint, row: Seen) -> DayLine:
    known = [(name, getattr(row, name)) for name in TOTALS]
    if row.line_share_p95 is not None:
        known.append(("line_share_p95", row.line_share_p95 / 100))
    return DayLine(
        endpoint=endpoint,
        row=row,
        witness=str(WITNESSES.get(row.witness, row.witness)),
        signs=" · ".join(f"{SIGNS[name]}: {value:g}" for name, value in known if value is not None),
    )
