"""How many of each kind in each place are there, marked, or cannot be told: the county grid and the place page."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from inventory.actions.provision import provision_on
from inventory.marks.kind import Kind
from inventory.marks.mark import Answer
from inventory.marks.rules import PLACE_RULE
from inventory.marks.standard import asked, items_in_force
from inventory.models import Asset, Mark

MARKED = Answer.MARKED.value
CLEAR = Answer.CLEAR.value
UNSEEN = (
    Q(standing=None) | Q(standing__missing=Answer.UNKNOWN.value) | Q(standing__unused=Answer.UNKNOWN.value)
)
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
ANY = Q(standing__missing=MARKED) | Q(standing__outdated=MARKED) | Q(standing__unused=MARKED)


@dataclass(slots=True, kw_only=True)
class Tally:
    """One kind in one place, or a sum of such. `absent`: on the books but missing; `gap`: below standard.

    `unseen`: whether it is there or used cannot be told; such a thing is not counted as in use.
    `standard` is None where none asks for the kind.
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

    @property
    def missing(self) -> int:
        """A thing on the books that is missing is part of the gap, not beside it: nothing counts twice."""
        return max(self.gap, self.absent)

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


Cells = dict[tuple[int, Kind], Tally]


def cells(assets: QuerySet[Asset], marks: QuerySet[Mark], places: Iterable[int]) -> Cells:
    """Every place and kind with anything on the books or asked for; both querysets already in scope."""
    found: Cells = defaultdict(Tally)
    for row in _counted(assets):
        place, kind = row.pop("place"), Kind(row.pop("kind"))
        found[place, kind] = Tally(**{name: number or 0 for name, number in row.items()})
    shortfalls = marks.filter(closed=None, rule=PLACE_RULE, asset=None)
    for place, of_kind, quantity in shortfalls.values_list("place", "kind", "quantity"):
        found[place, Kind(of_kind)].gap = quantity
    for key, number in required_in(places).items():
        found[key].standard = number
    return dict(found)


def total(counts: Iterable[Tally]) -> Tally:
    """Their sum; the standard is summed where there is one."""
    whole = Tally(standard=0)
    for one in counts:
        for field in SUMMED:
            setattr(whole, field, getattr(whole, field) + getattr(one, field))
        whole.standard = (whole.standard or 0) + (one.standard or 0)
    return whole


def required_in(places: Iterable[int], today: date | None = None) -> dict[tuple[int, Kind], int]:
    """What the Standard in force asks of each place, kinds of which it asks nothing left out."""
    day = today or timezone.localdate()
    found = {}
    for provision in provision_on(day, places):
        items = items_in_force(provision.standards, day)
        for kind in Kind:
            override = provision.overrides.get(kind)
            if number := asked(kind, items.get(kind, ()), provision.offices, override):
                found[provision.place, kind] = number
    return found


def _counted(assets: QuerySet[Asset]) -> Iterable[dict[str, Any]]:
    there = ~Q(standing__missing=MARKED)
    return (
        assets.values("place", "kind")
        .order_by()
        .annotate(
            recorded=Count("pk"),
            absent=Count("pk", filter=Q(standing__missing=MARKED)),
            outdated=Count("pk", filter=Q(standing__outdated=MARKED)),
            unused=Count("pk", filter=Q(standing__unused=MARKED)),
            unseen=Count("pk", filter=UNSEEN),
            marked=Count("pk", filter=ANY),
            fit=Count("pk", filter=there & ~Q(standing__outdated=MARKED)),
            in_use=Count("pk", filter=there & ~Q(standing__outdated=MARKED) & Q(standing__unused=CLEAR)),
            unused_fen=Sum("cost_fen", filter=Q(standing__unused=MARKED)),
        )
    )
