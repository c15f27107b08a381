"""What stands unused today and why: evidence, stocks, lines and people joined. One statement."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from inventory.marks.kind import Condition, Kind
from inventory.marks.mark import Answer
from inventory.models import Asset, Mark
from inventory.queries.cells import Cells
from itops.organisation.models import User
from itops.organisation.scope import visible
from planning.needs.causes import Signs, cause
from planning.needs.facts import Cause
from planning.queries.people import People

MARKED = Answer.MARKED.value


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


def unused_assets(user: User, cells: Cells, people: People, kinds: Sequence[str]) -> list[Idle]:
    """Those of these kinds in the order of their numbers; what is marked missing as well is not there to be used."""
    repaired = Mark.objects.open().filter(
        asset=OuterRef("pk"), waived=False, rule__endswith=".repeated_repairs"
    )
    assets = visible(Asset.objects.current(), user, "inventory.view_asset")
    unused = assets.filter(standing__unused=MARKED, kind__in=kinds).exclude(standing__missing=MARKED)
    names = ("pk", "tag", "name", "place", "kind", "condition", "standing__outdated", "failing")
    rows = unused.annotate(failing=Exists(repaired)).order_by("tag").values(*names)
    return list(_idle(rows, cells, people))


def _idle(rows: Iterable[dict[str, Any]], cells: Cells, people: People) -> Iterator[Idle]:
    """As many are more than needed as the place has beyond its standard."""
    left = Counter({key: _surplus(cells, *key) for key in cells})
    for row in rows:
        key = (row["place"], Kind(row["kind"]))
        why = cause(_signs(row, cells, people, surplus=left[key] > 0))
        left[key] -= why is Cause.NOT_NEEDED
        yield Idle(
            pk=row["pk"],
            tag=row["tag"],
            name=row["name"],
            place=row["place"],
            kind=key[1],
            outdated=row["standing__outdated"] == MARKED,
            cause=why,
        )


def _signs(row: dict[str, Any], cells: Cells, people: People, *, surplus: bool) -> Signs:
    place, kind = row["place"], Kind(row["kind"])
    line = cells.get((place, Kind.NETWORK_LINK))
    return Signs(
        kind=kind,
        broken=row["condition"] == Condition.UNDER_REPAIR.value or row["failing"],
        surplus=surplus,
        line=line.have > 0 if line else None,
        posted=place in people.posted if people.staffed else None,
        trained=people.trained.get((place, kind.value)) if people.seen else None,
    )


def _surplus(cells: Cells, place: int, kind: Kind) -> int:
    """How many it has beyond what is asked of it; none where nothing is asked."""
    tally = cells[place, kind]
    return 0 if tally.standard is None else max(tally.have - tally.standard, 0)
