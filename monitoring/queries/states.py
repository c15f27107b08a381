"""What is known now of assets: by their own answers, by their parts', or by a switch that knows their MAC."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from inventory.actions.observed import tables
from inventory.blocks.table import WITNESSES
from inventory.marks.facts import Witness
from inventory.marks.kind import Kind
from inventory.models import Asset, Binding
from itops.organisation.models import User
from itops.organisation.scope import visible
from monitoring.models import StateCode

PERMISSION = "monitoring.view_state"
BEST_FIRST = (StateCode.UP, StateCode.SILENT, StateCode.DOWN, StateCode.UNREACHABLE, StateCode.NEVER)
# Where these are down, something that others depend on is: it looks graver than a computer switched off.
OTHERS_DEPEND = {Kind.NETWORK_LINK, Kind.NETWORK_DEVICE, Kind.SERVER}


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """One endpoint's last answers. `switch_day`: where it does not answer, the last day a switch knew its MAC."""

    endpoint: int
    address: str
    profile: str
    code: StateCode
    since: datetime | None
    reason: str
    last_answer: datetime | None
    last_cycle: datetime | None
    interval_s: int
    capacity_bps: int | None = None
    switch_day: date | None = None

    @property
    def by_switch_today(self) -> bool:
        return self.code is not StateCode.UP and self.switch_day == timezone.localdate()


BY_SWITCH = WITNESSES.index(Witness.MAC_TABLE)
# Where each property of Now is read.
NOW = {
    "endpoint": "endpoint",
    "address": "endpoint__address",
    "profile": "endpoint__probe__profile",
    "code": "endpoint__state__code",
    "since": "endpoint__state__since",
    "reason": "endpoint__state__reason",
    "last_answer": "endpoint__state__last_answer",
    "last_cycle": "endpoint__state__last_cycle",
    "interval_s": "endpoint__probe__interval_s",
    "capacity_bps": "endpoint__probe__capacity_bps",
}


def witnesses(assets: Iterable[int]) -> Q:
    """The bindings that speak for assets: their own, and for a room those of its video endpoints."""
    ids = list(assets)
    speaking = Asset.objects.filter(Q(pk__in=ids) | Q(whole__in=ids, kind=Kind.VIDEO_ENDPOINT.value))
    return Q(asset__in=speaking.values("pk"))


def states(assets: Iterable[int], user: User) -> dict[int, Now]:
    """The state of each asset that has a probe, of several endpoints the one in the best state."""
    ids = set(assets)
    bound = visible(Binding.objects.current(), user, PERMISSION, place="endpoint__place").filter(
        witnesses(ids)
    )
    asked = bound.filter(endpoint__probe__isnull=False, endpoint__state__isnull=False)
    known = list(asked.values_list("asset", "asset__whole", *NOW.values()))
    told = [(asset, whole, dict(zip(NOW, values, strict=True))) for asset, whole, *values in known]
    by_switch = seen_by_a_switch(now["endpoint"] for *_, now in told if now["code"] != StateCode.UP)
    found: dict[int, Now] = {}
    for asset, whole, values in told:
        now = _now(values | {"switch_day": by_switch.get(values["endpoint"])})
        for one in {asset, whole} & ids:
            found[one] = min(found.get(one, now), now, key=lambda n: BEST_FIRST.index(n.code))
    return found


def in_state(assets: QuerySet[Asset], codes: Iterable[StateCode]) -> QuerySet[Asset]:
    """Only the assets of which some endpoint is in one of these states."""
    return assets.filter(_some_binding(endpoint__state__code__in=list(codes)))


def without_probe(assets: QuerySet[Asset]) -> QuerySet[Asset]:
    return assets.filter(~_some_binding(endpoint__probe__isnull=False))


def _some_binding(**asked: object) -> Q:
    """Whether an asset's own binding, or one of a room's video endpoint, is so: two questions, each by an index."""
    bound = Binding.objects.current().filter(**asked)
    part = Kind.VIDEO_ENDPOINT.value
    return Q(Exists(bound.filter(asset=OuterRef("pk")))) | Q(
        Exists(bound.filter(asset__whole=OuterRef("pk"), asset__kind=part))
    )


def _now(known: dict[str, Any]) -> Now:
    return Now(**known | {"code": StateCode(known["code"])})


def seen_by_a_switch(endpoints: Iterable[int]) -> dict[int, date]:
    """The last day of the last week on which some switch had learned an endpoint's MAC address."""
    asked, today = set(endpoints), timezone.localdate()
    found: dict[int, date] = {}
    if not asked:
        return found
    for day, table in tables(today - timedelta(days=6), today, asked, ("seen_minutes",)):
        there = (table.witness == BY_SWITCH) & (table.numbers["seen_minutes"] > 0)
        found |= dict.fromkeys(asked.intersection(table.endpoint[there].tolist()), day)
    return found
