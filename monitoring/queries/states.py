"""What is known now of assets: by their own answers, by their parts', or by a switch that knows their MAC."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import DateField, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from inventory.marks.facts import Witness
from inventory.marks.kind import Kind
from inventory.models import Asset, Binding, EvidenceDay
from itops.database.kept import Given, Kept, one_of
from itops.organisation.models import User
from itops.organisation.scope import in_scope, visible_when_asked
from monitoring.models import StateCode

PERMISSION = "monitoring.view_state"
BEST_FIRST = (StateCode.UP, StateCode.SILENT, StateCode.DOWN, StateCode.UNREACHABLE, StateCode.NEVER)
# Where these are down, something that others depend on is: it looks graver than a computer switched off.
OTHERS_DEPEND = {Kind.NETWORK_LINK, Kind.NETWORK_DEVICE, Kind.SERVER}


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """One endpoint's last answers. `by_switch`: a switch has known its MAC address today."""

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
    by_switch: bool = False

    @property
    def by_switch_today(self) -> bool:
        return self.code is not StateCode.UP and self.by_switch


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
    return _of(Q(pk__in=ids), Q(whole__in=ids))


def _of(themselves: Q, parts: Q) -> Q:
    speaking = Asset.objects.filter(themselves | parts & Q(kind=Kind.VIDEO_ENDPOINT.value))
    return Q(asset__in=speaking.values("pk"))


def _kept_states() -> QuerySet[Any, Any]:
    assets = Given("assets", "bigint[]")
    bound = visible_when_asked(Binding.objects.current(), place="endpoint__place").filter(
        _of(Q(one_of("pk", assets)), Q(one_of("whole", assets)))
    )
    asked = bound.filter(endpoint__probe__isnull=False, endpoint__state__isnull=False)
    return asked.annotate(by_switch=_seen_by_a_switch()).values_list("asset", "asset__whole", *NOW.values())


STATES: Kept[tuple[Any, ...]] = Kept(_kept_states)


def states(assets: Iterable[int], user: User) -> dict[int, Now]:
    """The state of each asset that has a probe, of several endpoints the one in the best state."""
    ids = set(assets)
    found: dict[int, Now] = {}
    known = STATES.all(assets=list(ids), today=timezone.localdate(), **in_scope(user, PERMISSION))
    for asset, whole, *values in known:
        now = _now(dict(zip(NOW, values, strict=True)))
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


def _seen_by_a_switch() -> Exists:
    """Today's evidence lies in rows; older days may be packed."""
    rows = EvidenceDay.objects.filter(
        endpoint=OuterRef("endpoint"),
        witness=Witness.MAC_TABLE.value,
        day=Given("today", "date", DateField()),
        seen_minutes__gt=0,
    )
    return Exists(rows)
