"""What stands unused today and why, with the numbers that prove it: evidence, stocks, lines and people joined."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from inventory.marks.kind import Condition, Kind
from inventory.marks.mark import Answer
from inventory.models import Asset, Mark
from inventory.queries.cells import Cells
from itops.organisation.models import User
from itops.organisation.scope import granted_paths, visible
from planning.actions.around import Around
from planning.needs.causes import Counts, Signs, cause, numbers
from planning.needs.facts import Cause
from workforce.queries.people import HELD

MARKED = Answer.MARKED.value
YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Idle:
    """One asset that is marked unused, and why it is."""

    pk: int
    tag: str
    name: str
    place: int
    kind: Kind
    outdated: bool
    cause: Cause
    numbers: Mapping[str, int | float] = field(default_factory=dict)


def unused_assets(user: User, cells: Cells, there: Around, kinds: Sequence[str]) -> list[Idle]:
    """Those of these kinds in the order of their numbers; what is marked missing as well is not there to be used."""
    repaired = Mark.objects.open().filter(
        asset=OuterRef("pk"), waived=False, rule__endswith=".repeated_repairs"
    )
    assets = visible(Asset.objects.current(), user, "inventory.view_asset")
    unused = assets.filter(standing__unused=MARKED, kind__in=kinds).exclude(standing__missing=MARKED)
    names = ("pk", "tag", "name", "place", "kind", "condition", "standing__outdated", "failing")
    today = timezone.localdate()
    lately = Count("repairs", filter=Q(repairs__on__gt=today - YEAR, repairs__on__lte=today), distinct=True)
    rows = (
        unused.annotate(failing=Exists(repaired), repaired=lately).order_by("tag").values(*names, "repaired")
    )
    return list(_idle(rows, cells, _told(user, there)))


def _told(user: User, there: Around) -> Around:
    """Without what people can do, for an account that may not know it."""
    return there if granted_paths(user, HELD) else replace(there, able={})


def _idle(rows: Iterable[dict[str, Any]], cells: Cells, there: Around) -> Iterator[Idle]:
    """As many are more than needed as the place has beyond its standard."""
    left = Counter({key: _surplus(cells, *key) for key in cells})
    for row in rows:
        key = (row["place"], Kind(row["kind"]))
        why = cause(_signs(row, cells, there, surplus=left[key] > 0))
        left[key] -= why is Cause.NOT_NEEDED
        yield Idle(
            pk=row["pk"],
            tag=row["tag"],
            name=row["name"],
            place=row["place"],
            kind=key[1],
            outdated=row["standing__outdated"] == MARKED,
            cause=why,
            numbers=numbers(why, _counts(row, cells, there)),
        )


def _counts(row: dict[str, Any], cells: Cells, there: Around) -> Counts:
    place, kind = row["place"], Kind(row["kind"])
    tally, line = cells.get((place, kind)), cells.get((place, Kind.NETWORK_LINK))
    return Counts(
        repairs=row["repaired"],
        have=tally.have if tally else 0,
        standard=tally.standard or 0 if tally else 0,
        lines=line.have if line else 0,
        posts=there.posts.get(place, 0),
        skills=there.skills.get(kind.value, 0),
        hours=there.hours.get(place, 0),
    )


def _signs(row: dict[str, Any], cells: Cells, there: Around, *, surplus: bool) -> Signs:
    place, kind = row["place"], Kind(row["kind"])
    line = cells.get((place, Kind.NETWORK_LINK))
    return Signs(
        kind=kind,
        broken=row["condition"] == Condition.UNDER_REPAIR.value or row["failing"],
        surplus=surplus,
        line=line.have > 0 if line else None,
        posted=there.posted(place),
        trained=there.trained(place, kind.value),
        typed_twice=there.typed_twice(place),
    )


def _surplus(cells: Cells, place: int, kind: Kind) -> int:
    """How many it has beyond what is asked of it; none where nothing is asked."""
    tally = cells[place, kind]
    return 0 if tally.standard is None else max(tally.have - tally.standard, 0)
