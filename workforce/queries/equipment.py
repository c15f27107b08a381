"""What stands where and which skills it needs; who can run it. Three statements."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, Sum

from inventory.marks.mark import Answer
from inventory.queries.cells import counts_in
from itops.organisation.models import User
from workforce.competence.cover import Hand, hands
from workforce.competence.level import Level
from workforce.models import EquipmentSkill
from workforce.queries.people import Colleague

Needs = tuple[tuple[int, Level], ...]


@dataclass(frozen=True, slots=True)
class Sort:
    """Kinds of equipment that need the same skills: one column."""

    key: str
    kinds: tuple[str, ...]
    needs: Needs


@dataclass(slots=True)
class Standing:
    """How many pieces of a sort stand in a place, and how many of them are marked unused."""

    pieces: int = 0
    unused: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class InHand:
    """Which sorts there are, what stands of them where, and who can run it."""

    sorts: Sequence[Sort]
    stands: Mapping[tuple[int, str], Standing]
    hands: Sequence[Hand]


def sorts() -> list[Sort]:
    """In the order of the catalogue of skills."""
    by_kind: dict[str, list[tuple[int, Level]]] = defaultdict(list)
    rows = EquipmentSkill.objects.filter(skill__archived=False)
    for kind, skill, level in rows.order_by("skill__group__position", "skill__position", "kind").values_list(
        "kind", "skill", "level"
    ):
        by_kind[kind].append((skill, Level(level)))
    by_needs: dict[Needs, list[str]] = defaultdict(list)
    for kind, needs in by_kind.items():
        by_needs[tuple(needs)].append(kind)
    return [Sort(kinds[0], tuple(kinds), needs) for needs, kinds in by_needs.items()]


def in_hand(user: User, day: date, people: Sequence[Colleague]) -> InHand:
    """Equipment as it stands today, whichever day the people are looked at."""
    known = sorts()
    of_kind = {kind: sort.key for sort in known for kind in sort.kinds}
    stands: dict[tuple[int, str], Standing] = defaultdict(Standing)
    rows = counts_in(user).filter(retired=False, kind__in=of_kind).order_by().values("place", "kind")
    unused = Sum("pieces", filter=Q(unused=Answer.MARKED.value))
    for row in rows.annotate(all=Sum("pieces"), idle=unused).filter(all__gt=0):
        there = stands[row["place"], of_kind[row["kind"]]]
        there.pieces += row["all"]
        there.unused += row["idle"] or 0
    workers = [one.worker for one in people]
    found = hands(stands, {sort.key: sort.needs for sort in known}, workers, day)
    return InHand(sorts=known, stands=dict(stands), hands=found)
