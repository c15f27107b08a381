"""Incidents: what is down, since when, and everything that it explains."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet

from inventory.models import Asset, Binding, Endpoint
from itops.database.kept import Given, Kept, one_of
from itops.database.statements import rows
from itops.organisation.models import Place, User
from itops.organisation.scope import in_scope, visible, visible_when_asked
from monitoring.models import Incident, State, StateCode

PERMISSION = "monitoring.view_incident"
BEHIND = """
    WITH RECURSIVE behind (id, depth) AS (
        SELECT id, 0 FROM inventory_endpoint WHERE id = %(root)s
        UNION
        SELECT e.id, behind.depth + 1 FROM inventory_endpoint e JOIN behind ON e.behind_id = behind.id
        WHERE NOT e.archived AND behind.depth < 20
    ) SELECT id FROM behind
"""
BEFORE = """
    WITH RECURSIVE before (id, behind_id, depth) AS (
        SELECT id, behind_id, 0 FROM inventory_endpoint WHERE id = %(root)s
        UNION
        SELECT e.id, e.behind_id, before.depth + 1 FROM inventory_endpoint e JOIN before ON before.behind_id = e.id
        WHERE before.depth < 20
    ) SELECT id FROM before WHERE depth > 0 ORDER BY depth DESC
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An incident and the asset whose endpoint it is (None when nothing is bound to it)."""

    pk: int
    place: Place
    asset: Asset | None
    address: str
    endpoint: int
    opened: datetime
    confirmed: datetime
    closed: datetime | None
    explains: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One endpoint; `groups` are the leaves behind it, by kind and state."""

    endpoint: int
    name: str
    kind: str
    asset: int | None
    code: StateCode
    last_answer: datetime | None
    failures: int
    groups: Sequence["Group"] = ()
    children: Sequence["Node"] = ()


@dataclass(slots=True, kw_only=True)
class Group:
    """Leaves of one kind in one state; `name` when there is just one."""

    kind: str
    code: StateCode
    number: int = 0
    last_answer: datetime | None = None
    names: list[str] = field(default_factory=list)


def seen_by(user: User) -> QuerySet[Incident]:
    return visible(Incident.objects.all(), user, PERMISSION, place="endpoint__place")


def shown(incidents: Iterable[Incident]) -> list[Shown]:
    """With the asset that was bound to each endpoint when the incident opened, or is now."""
    listed = list(incidents)
    assets = _assets({incident.endpoint_id for incident in listed})
    return [
        Shown(
            pk=incident.pk,
            place=incident.endpoint.place,
            asset=assets.get(incident.endpoint_id),
            address=incident.endpoint.address,
            endpoint=incident.endpoint_id,
            opened=incident.opened,
            confirmed=incident.confirmed,
            closed=incident.closed,
            explains=incident.explains,
        )
        for incident in listed
    ]


def open_incidents(user: User) -> list[Shown]:
    """Those that stand now, what explains most first."""
    return shown(OPEN.all(**in_scope(user, PERMISSION)))


OPEN: Kept[Incident] = Kept(
    lambda: (
        visible_when_asked(Incident.objects.filter(closed=None), place="endpoint__place")
        .select_related("endpoint__place")
        .order_by("-explains", "opened")
    )
)


def tree(root: int) -> Node:
    """The endpoint and what is behind it: what others depend on one by one, the leaves in groups."""
    endpoints = Endpoint.objects.filter(pk__in=_ids(BEHIND, root)).select_related("state")
    by_id = {endpoint.pk: endpoint for endpoint in endpoints}
    children: dict[int, list[int]] = defaultdict(list)
    for endpoint in by_id.values():
        if endpoint.behind_id in by_id and endpoint.pk != root:
            children[endpoint.behind_id or 0].append(endpoint.pk)
    return _node(root, by_id, children, _assets(by_id))


def above(root: int) -> list[Node]:
    """What the endpoint is behind, the farthest first."""
    ids = _ids(BEFORE, root)
    by_id = Endpoint.objects.select_related("state").in_bulk(ids)
    assets = _assets(ids)
    return [_leaf(by_id[one], assets.get(one)) for one in ids]


def _node(
    one: int, by_id: dict[int, Endpoint], children: dict[int, list[int]], assets: dict[int, Asset]
) -> Node:
    below = children.get(one, [])
    own = _leaf(by_id[one], assets.get(one))
    leaves = [_leaf(by_id[child], assets.get(child)) for child in below if child not in children]
    return Node(
        endpoint=one,
        name=own.name,
        kind=own.kind,
        asset=own.asset,
        code=own.code,
        last_answer=own.last_answer,
        failures=own.failures,
        groups=_groups(leaves),
        children=[_node(child, by_id, children, assets) for child in sorted(below) if child in children],
    )


def _leaf(endpoint: Endpoint, asset: Asset | None) -> Node:
    state: State | None = getattr(endpoint, "state", None)
    return Node(
        endpoint=endpoint.pk,
        name=asset.name if asset else endpoint.address,
        kind=asset.kind if asset else "",
        asset=asset.pk if asset else None,
        code=StateCode(state.code) if state else StateCode.NEVER,
        last_answer=state.last_answer if state else None,
        failures=state.failures if state else 0,
    )


def _groups(leaves: Iterable[Node]) -> list[Group]:
    groups: dict[tuple[str, StateCode], Group] = {}
    for leaf in leaves:
        group = groups.setdefault((leaf.kind, leaf.code), Group(kind=leaf.kind, code=leaf.code))
        group.number += 1
        group.names.append(leaf.name)
        if leaf.last_answer and (group.last_answer is None or leaf.last_answer > group.last_answer):
            group.last_answer = leaf.last_answer
    return sorted(groups.values(), key=lambda group: -group.number)


def _assets(endpoints: Iterable[int]) -> dict[int, Asset]:
    wanted = list(endpoints)
    return {one.endpoint_id: one.asset for one in BOUND.all(endpoints=wanted)} if wanted else {}


BOUND: Kept[Binding] = Kept(
    lambda: (
        Binding.objects.current()
        .filter(one_of("endpoint", Given("endpoints", "bigint[]")))
        .select_related("asset")
    )
)


def _ids(query: str, root: int) -> list[int]:
    return [row[0] for row in rows(query, {"root": root})]
