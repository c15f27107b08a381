"""How many of each kind in each place are there, marked, or cannot be told: the county grid and the place page."""

from collections import defaultdict
from collections.abc import Collection, Iterable
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
from itops.database.kept import Given, Kept, one_of
from itops.organisation.models import User
from itops.organisation.scope import EVERYWHERE, Scope, in_scope, visible, visible_when_asked

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


def cells(user: User, places: Collection[int]) -> Cells:
    """Every kind in these places of which the account may see anything on the books or asked for."""
    return _cells(places, in_scope(user, "inventory.view_asset"), in_scope(user, "inventory.view_mark"))


def cells_of_everything(places: Collection[int]) -> Cells:
    """The same without an account: for what is counted once for all."""
    return _cells(places, EVERYWHERE, EVERYWHERE)


def _cells(places: Collection[int], assets: Scope, marks: Scope) -> Cells:
    found: Cells = defaultdict(Tally)
    for place, kind, *numbers in COUNTED.all(places=list(places), **assets):
        found[place, Kind(kind)] = Tally(**dict(zip(OF_COUNTS, (one or 0 for one in numbers), strict=True)))
    for place, kind, quantity in SHORTFALLS.all(places=list(places), **marks):
        found[place, Kind(kind)].gap = quantity
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


THERE = ~Q(missing=MARKED)
OF_COUNTS = {
    "recorded": Sum("pieces"),
    "absent": Sum("pieces", filter=Q(missing=MARKED)),
    "outdated": Sum("pieces", filter=Q(outdated=MARKED)),
    "unused": Sum("pieces", filter=Q(unused=MARKED)),
    "unseen": Sum("pieces", filter=UNSEEN),
    "marked": Sum("pieces", filter=ANY),
    "fit": Sum("pieces", filter=THERE & ~Q(outdated=MARKED)),
    "in_use": Sum("pieces", filter=THERE & ~Q(outdated=MARKED) & Q(unused=CLEAR)),
    "unused_fen": Sum("cost_fen", filter=Q(unused=MARKED)),
}
PLACES = Given("places", "bigint[]")


def _counted() -> QuerySet[Any]:
    counts: QuerySet[Any] = AssetCount.objects.filter(one_of("place", PLACES), retired=False)
    of_each = visible_when_asked(counts).order_by().values("place", "kind")
    sums: QuerySet[Any] = of_each.annotate(**{f"of_{name}": sum_of for name, sum_of in OF_COUNTS.items()})
    there = sums.filter(Q(of_recorded__gt=0))
    return there.values_list("place", "kind", *(f"of_{name}" for name in OF_COUNTS))


COUNTED: Kept[tuple[Any, ...]] = Kept(_counted)
SHORTFALLS: Kept[tuple[int, str, int]] = Kept(
    lambda: (
        visible_when_asked(
            Mark.objects.filter(one_of("place", PLACES), closed=None, rule=PLACE_RULE, asset=None)
        )
        .order_by()
        .values_list("place", "kind", "quantity")
    )
)
