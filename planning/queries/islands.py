"""What is known of business systems and what passes between them: what the page of islands is made of."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db.models import Count

from inventory.models import BusinessSystem, Endpoint, SystemExchange, SystemUse
from inventory.models.system import Stage
from inventory.queries.manual_entry import Entered, entered
from inventory.queries.mismatches import mismatches
from inventory.systems.islands import Flow, Link, flow, islands, stand_alone
from inventory.systems.way import Way
from itops.organisation.models import Place, User
from itops.organisation.scope import granted_paths, visible
from monitoring.models import StateCode
from monitoring.queries.states import PERMISSION as SEES_STATES
from monitoring.queries.states import states

USES, ENTRIES = "inventory.view_systemuse", "inventory.view_manualentry"


@dataclass(frozen=True, kw_only=True)
class Overview:
    """`states` of the systems that are probed; `users`: how many offices work with a system; all in scope alone."""

    systems: Sequence[BusinessSystem]
    exchanges: Sequence[SystemExchange]
    entries: Sequence[Entered]
    places: Mapping[int, Place]
    users: Mapping[int, int]
    states: Mapping[int, StateCode]
    unexplained: int
    explained: int

    @cached_property
    def links(self) -> Sequence[Link]:
        return [Link(one.source_id, one.target_id, Way(one.way), one.pk) for one in self.exchanges]

    @cached_property
    def flow(self) -> Flow:
        return flow(self.links)

    @cached_property
    def drawn(self) -> Sequence[BusinessSystem]:
        """In use, being built, or named by an exchange; what is only said to exist somewhere is listed, not drawn."""
        named = {end for link in self.links for end in (link.source, link.target)}
        return [one for one in self.systems if one.stage != Stage.UNCONFIRMED or one.pk in named]

    @cached_property
    def islands(self) -> Sequence[tuple[int, ...]]:
        return islands([one.pk for one in self.drawn], self.links)

    @property
    def alone(self) -> int:
        return stand_alone(self.islands)

    @cached_property
    def hours(self) -> Decimal:
        return sum((one.hours for one in self.entries), Decimal(0))

    @cached_property
    def by_place(self) -> Mapping[int, Decimal]:
        return _summed((one.place, one.hours) for one in self.entries)

    @cached_property
    def by_system(self) -> Mapping[int, Decimal]:
        return _summed((one.system, one.hours) for one in self.entries)

    @cached_property
    def by_exchange(self) -> Mapping[int, Decimal]:
        return _summed((one.exchange, one.hours) for one in self.entries)

    @property
    def unasked(self) -> int:
        """Of those drawn: what is only said to exist somewhere cannot be asked."""
        return sum(one.pk not in self.states for one in self.drawn)

    @property
    def answering(self) -> int:
        return Counter(self.states.values())[StateCode.UP]


def overview(user: User) -> Overview:
    """A fixed number of statements, however many systems there are."""
    current = BusinessSystem.objects.current()
    systems = list(current.select_related("network", "office", "asset__network").order_by("name"))
    places = {place.pk: place for place in visible(Place.objects.all(), user, ENTRIES, place="")}
    differing = mismatches(user)
    return Overview(
        systems=systems,
        exchanges=_exchanges({one.pk for one in systems}),
        entries=entered(places),
        places=places,
        users=_users(user),
        states=_states(user, systems),
        unexplained=sum(not one.explained for one in differing),
        explained=sum(one.explained for one in differing),
    )


def _exchanges(systems: set[int]) -> Sequence[SystemExchange]:
    found = SystemExchange.objects.filter(archived=False).select_related("source", "target")
    return [one for one in found if {one.source_id, one.target_id} <= systems]


def _users(user: User) -> Mapping[int, int]:
    seen = visible(SystemUse.objects.filter(office__archived=False), user, USES, "office__place")
    return dict(seen.order_by().values_list("system").annotate(offices=Count("pk")))


def _states(user: User, systems: Sequence[BusinessSystem]) -> Mapping[int, StateCode]:
    """Of the asset on the books, else of the endpoint made for the address."""
    if not granted_paths(user, SEES_STATES):
        return {}
    of_assets = states([one.asset_id for one in systems if one.asset_id], user)
    own = visible(Endpoint.objects.filter(archived=False), user, SEES_STATES)
    asked = own.filter(pk__in=[one.endpoint_id for one in systems if one.endpoint_id])
    of_endpoints = dict(asked.values_list("pk", "state__code"))
    codes = {
        one.pk: of_assets[one.asset_id].code
        if one.asset_id and one.asset_id in of_assets
        else of_endpoints.get(one.endpoint_id or 0)
        for one in systems
    }
    return {system: StateCode(code) for system, code in codes.items() if code is not None}


def _summed(rows: Iterable[tuple[int, Decimal]]) -> Mapping[int, Decimal]:
    summed: dict[int, Decimal] = defaultdict(Decimal)
    for key, hours in rows:
        summed[key] += hours
    return dict(summed)
