"""How many of each kind in each place are there, marked, or cannot be told: the county grid and the place page."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from inventory.actions.provision import Provision, provision_on
from inventory.marks.kind import Kind
from inventory.marks.mark import Answer
from inventory.marks.rules import PLACE_RULE
from inventory.marks.standard import asked, items_in_force
from inventory.models import AssetCount, Mark
from itops.organisation.models import User
from itops.organisation.scope import visible

MARKED = Answer.MARKED.value
CLEAR = Answer.CLEAR.value
UNSEEN = Q(missing__in=["", Answer.UNKNOWN.value]) | Q(unused=Answer.UNKNOWN.value)
SUMMED = (
    "recorded",
    "absent",
    "outdated",
    "unused",
    "unseen",
    "marked",
    "fit",
    "in_use",
    "unused_fen",
    "gap",
)
ANY = Q(missing=MARKED) | Q(outdated=MARKED) | Q(unused=MARKED)


@dataclass(slots=True, kw_only=True)
class Tally:
    """One kind in one place, or a sum of such. `absent`: on the books but missing; `gap`: below standard.

    `unseen`: whether it is there or used cannot be told; such a thing is not counted as in use.
    `standard` is None where none asks for the kind. `uncovered`, of a sum: absent things beyond their own cells' gaps.
    """

    recorded: int = 0
    absent: int = 0
    outdated: int = 0
    unused: int = 0
    unseen: int = 0
    marked: int = 0
    fit: int = 0
    in_use: int = 0
    unused_fen: int = 0
    gap: int = 0
    standard: int | None = None
    uncovered: int | None = None

    @property
    def missing(self) -> int:
        """A thing on the books that is missing is part of the gap, not beside it: nothing counts twice."""
        beyond = max(self.absent - self.gap, 0) if self.uncovered is None else self.uncovered
        return self.gap + beyond

    @property
    def have(self) -> int:
        return self.recorded - self.absent

    @property
    def in_use_said(self) -> str:
        """How many are in use: a number, a range where some cannot be told, "?" where none can."""
        most = min(self.fit, self.in_use + self.unseen)
        if most == self.in_use:
            return str(self.in_use)
        return f"{self.in_use}–{most}" if self.in_use else "?"

    @property
    def total(self) -> int:
        """The standard or what is on the books, whichever is more."""
        return max(self.standard or 0, self.recorded)

    @property
    def to_do(self) -> int:
        """Things that need a decision, each counted once."""
        return self.marked + max(self.gap - self.absent, 0)


def counts_in(user: User) -> QuerySet[AssetCount]:
    """Counts of the assets that the account may see."""
    return visible(AssetCount.objects.all(), user, "inventory.view_asset")


Cells = dict[tuple[int, Kind], Tally]


def cells(counts: QuerySet[AssetCount], marks: QuerySet[Mark], places: Iterable[int]) -> Cells:
    """Every place and kind with anything on the books or asked for; marks and counts already in scope."""
    found: Cells = defaultdict(Tally)
    for row in _counted(counts):
        place, kind = row.pop("place"), Kind(row.pop("kind"))
        found[place, kind] = Tally(**{name.removeprefix("of_"): number or 0 for name, number in row.items()})
    shortfalls = marks.filter(closed=None, rule=PLACE_RULE, asset=None)
    for place, of_kind, quantity in shortfalls.values_list("place", "kind", "quantity"):
        found[place, Kind(of_kind)].gap = quantity
    for key, number in required_in(places).items():
        found[key].standard = number
    return dict(found)


def total(counts: Iterable[Tally]) -> Tally:
    """Their sum; the standard is summed where there is one, and one kind's surplus covers no other's gap."""
    whole = Tally(standard=0, uncovered=0)
    for one in counts:
        for field in SUMMED:
            setattr(whole, field, getattr(whole, field) + getattr(one, field))
        whole.standard = (whole.standard or 0) + (one.standard or 0)
        whole.uncovered = (whole.uncovered or 0) + one.missing - one.gap
    return whole


def required_in(places: Iterable[int], today: date | None = None) -> dict[tuple[int, Kind], int]:
    """What the Standard in force asks of each place, kinds of which it asks nothing left out."""
    day = today or timezone.localdate()
    return required(provision_on(day, places), day)


def required(provisions: Iterable[Provision], day: date) -> dict[tuple[int, Kind], int]:
    """The same of what is known already."""
    found = {}
    for provision in provisions:
        items = items_in_force(provision.standards, day)
        for kind in Kind:
            override = provision.overrides.get(kind)
            if number := asked(kind, items.get(kind, ()), provision.offices, override):
                found[provision.place, kind] = number
    return found


def _counted(counts: QuerySet[AssetCount]) -> Iterable[dict[str, Any]]:
    there = ~Q(missing=MARKED)
    return (
        counts.filter(retired=False)
        .values("place", "kind")
        .order_by()
        .annotate(
            of_recorded=Sum("pieces"),
            of_absent=Sum("pieces", filter=Q(missing=MARKED)),
            of_outdated=Sum("pieces", filter=Q(outdated=MARKED)),
            of_unused=Sum("pieces", filter=Q(unused=MARKED)),
            of_unseen=Sum("pieces", filter=UNSEEN),
            of_marked=Sum("pieces", filter=ANY),
            of_fit=Sum("pieces", filter=there & ~Q(outdated=MARKED)),
            of_in_use=Sum("pieces", filter=there & ~Q(outdated=MARKED) & Q(unused=CLEAR)),
            of_unused_fen=Sum("cost_fen", filter=Q(unused=MARKED)),
        )
        .filter(of_recorded__gt=0)
    )
