"""Does probing keep its time, what fails and why, what never answered, which doubts wait."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils import timezone

from inventory.models import Asset, Binding, Doubt
from itops.organisation.models import User
from itops.organisation.scope import visible
from monitoring.models import State, StateCode, Sweep
from monitoring.queries.states import PERMISSION

LATE = timedelta(seconds=60)
NEVER_SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One profile's probes: how many answer, when the last cycle was, how many are due and late now."""

    name: str
    interval_s: int
    probes: int
    answering: int
    last_cycle: datetime | None
    due: int
    late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounds:
    """The last day's rounds of asking."""

    count: int
    asked: int
    late: int
    latest: Sweep | None
    times: Sequence[tuple[datetime, float]]  # start and seconds, of the last hours

    @property
    def on_time_percent(self) -> float | None:
        return 100 - 100 * self.late / self.asked if self.asked else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubtful:
    """A doubt with the asset that is recorded at the endpoint and the one that owns the serial number."""

    doubt: Doubt
    recorded: Asset | None
    owner: Asset | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Never:
    state: State
    asset: Asset | None


def probes(user: User) -> QuerySet[State]:
    """The states of enabled probes in scope."""
    return visible(State.objects.all(), user, PERMISSION, place="endpoint__place").filter(
        endpoint__probe__enabled=True, endpoint__archived=False
    )


def by_code(states: QuerySet[State]) -> dict[StateCode, int]:
    counted = states.order_by().values_list("code").annotate(n=Count("pk"))
    return {StateCode(code): number for code, number in counted}


def by_profile(states: QuerySet[State]) -> list[Profile]:
    now = timezone.now()
    rows = (
        states.order_by()
        .values("endpoint__probe__profile")
        .annotate(
            n=Count("pk"),
            interval=Min("endpoint__probe__interval_s"),
            answering=Count("pk", filter=Q(code=StateCode.UP)),
            last=Max("last_cycle"),
            due=Count("pk", filter=Q(cycle__lte=now)),
            late=Count("pk", filter=Q(cycle__lte=now - LATE)),
        )
    )
    return [
        Profile(
            name=row["endpoint__probe__profile"],
            interval_s=row["interval"],
            probes=row["n"],
            answering=row["answering"],
            last_cycle=row["last"],
            due=row["due"],
            late=row["late"],
        )
        for row in rows.order_by("endpoint__probe__profile")
    ]


def reasons(states: QuerySet[State]) -> list[tuple[str, int]]:
    """Why probes that should answer do not, the most frequent first; those out of sight are not asked."""
    failing = states.filter(code__in=(StateCode.SILENT, StateCode.DOWN, StateCode.NEVER)).exclude(reason="")
    return list(failing.order_by().values_list("reason").annotate(n=Count("pk")).order_by("-n"))


def never(states: QuerySet[State]) -> list[Never]:
    """Probes that never answered, with what is recorded at their endpoint."""
    found = states.filter(code=StateCode.NEVER).select_related("endpoint__place", "endpoint__probe")
    listed = list(found.order_by("endpoint__place__position", "endpoint")[:NEVER_SHOWN])
    bound = Binding.objects.current().filter(endpoint__in=[state.endpoint_id for state in listed])
    assets = {binding.endpoint_id: binding.asset for binding in bound.select_related("asset")}
    return [Never(state=state, asset=assets.get(state.endpoint_id)) for state in listed]


def rounds(user: User) -> Rounds | None:
    """None for whoever may not see every probe: a round's counts are the whole installation's."""
    all_in_scope = (
        probes(user).count()
        == State.objects.filter(endpoint__probe__enabled=True, endpoint__archived=False).count()
    )
    if not all_in_scope:
        return None
    now = timezone.now()
    day = Sweep.objects.filter(started__gte=now - timedelta(days=1))
    lately = day.filter(started__gte=now - timedelta(hours=6)).order_by("started")
    counted = {"asked": 0, "late": 0, "n": 0}
    for asked, late in day.values_list("asked", "late"):
        counted["asked"] += asked
        counted["late"] += late
        counted["n"] += 1
    return Rounds(
        count=counted["n"],
        asked=counted["asked"],
        late=counted["late"],
        latest=day.order_by("-started").first(),
        times=list(lately.values_list("started", "seconds")),
    )


def doubts(user: User) -> list[Doubtful]:
    """Those that wait, the oldest first; an owner outside the reader's scope is not named."""
    waiting = visible(
        Doubt.objects.filter(settled=None), user, "inventory.view_doubt", place="endpoint__place"
    )
    listed = list(waiting.select_related("endpoint__place").order_by("opened"))
    ids = {doubt.detail.get(name) for doubt in listed for name in ("asset", "owner")} - {None}
    seen = visible(Asset.objects.select_related("place"), user, "inventory.view_asset")
    assets = seen.in_bulk(list(ids))
    return [
        Doubtful(
            doubt=doubt,
            recorded=assets.get(doubt.detail.get("asset")),
            owner=assets.get(doubt.detail.get("owner")),
        )
        for doubt in listed
    ]
