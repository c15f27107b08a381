"""How many of each kind in each place are there, marked, or cannot be told: the county grid and the place page."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from django.db.models import QuerySet
from django.utils import timezone

from inventory.actions.provision import Provision, provision_on
from inventory.marks.kind import Kind
from inventory.marks.mark import Answer
from inventory.marks.rules import PLACE_RULE
from inventory.marks.standard import asked, items_in_force
from inventory.models import AssetCount, Mark
from itops.database.kept import Given, Kept, one_of
from itops.database.statements import kept_rows
from itops.organisation.models import User
from itops.organisation.scope import EVERYWHERE, Scope, in_scope, visible, visible_when_asked

MARKED = Answer.MARKED.value
KINDS = {kind.value: kind for kind in Kind}
SEEN_TO_BE_THERE = "missing <> 'marked' AND outdated <> 'marked'"
OF_COUNTS = {
    "recorded": "true",
    "absent": "missing = 'marked'",
    "outdated": "outdated = 'marked'",
    "unused": "unused = 'marked'",
    "unseen": "missing IN ('', 'unknown') OR unused = 'unknown'",
    "marked": "'marked' IN (missing, outdated, unused)",
    "fit": SEEN_TO_BE_THERE,
    "in_use": f"{SEEN_TO_BE_THERE} AND unused = 'clear'",
}
PIECES = ", ".join(f"coalesce(sum(pieces::int) FILTER (WHERE {which}), 0)" for which in OF_COUNTS.values())
# By hand: whole numbers come as such, where the ORM asks of each of thousands what it is. PostgreSQL sums an int as a
# whole number, a bigint as a decimal one.
COUNTED = f"""
    SELECT place_id, kind, {PIECES}, coalesce(sum(cost_fen) FILTER (WHERE unused = 'marked'), 0)::bigint
    FROM inventory_assetcount
    WHERE NOT retired AND place_id = ANY(ARRAY(
        SELECT id FROM organisation_place WHERE id = ANY(%(places)s) AND path <@ ANY(%(scope)s::ltree[])))
    GROUP BY place_id, kind HAVING sum(pieces) > 0
"""
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
SUMS = attrgetter(*SUMMED)


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
    for place, kind, *numbers in kept_rows(COUNTED, {"places": list(places), **assets}):
        found[place, KINDS[kind]] = Tally(**dict(zip((*OF_COUNTS, "unused_fen"), numbers, strict=True)))
    for place, kind, quantity in SHORTFALLS.all(places=list(places), **marks):
        found[place, KINDS[kind]].gap = quantity
    for key, number in required_in(places).items():
        found[key].standard = number
    return dict(found)


def total(counts: Iterable[Tally]) -> Tally:
    """Their sum; the standard is summed where there is one, and one kind's surplus covers no other's gap."""
    each = list(counts)
    columns = zip(*map(SUMS, each), strict=True) if each else ()
    return Tally(
        **dict(zip(SUMMED, map(sum, columns), strict=False)),
        standard=sum(one.standard or 0 for one in each),
        uncovered=sum(one.missing - one.gap for one in each),
    )


def required_in(places: Iterable[int], today: date | None = None) -> dict[tuple[int, Kind], int]:
    """What the Standard in force asks of each place, kinds of which it asks nothing left out."""
    day = today or timezone.localdate()
    return required(provision_on(day, places), day)


def required(provisions: Iterable[Provision], day: date) -> dict[tuple[int, Kind], int]:
    """The same of what is known already."""
    found = {}
    for provision in provisions:
        items = items_in_force(provision.standards, day)
        excepted = (office.overrides for office in provision.offices)
        wanted = {*items, *provision.overrides}.union(*excepted)
        for kind in (one for one in Kind if one in wanted):
            override = provision.overrides.get(kind)
            if number := asked(kind, items.get(kind, ()), provision.offices, override):
                found[provision.place, kind] = number
    return found


PLACES = Given("places", "bigint[]")
SHORTFALLS: Kept[tuple[int, str, int]] = Kept(
    lambda: (
        visible_when_asked(
            Mark.objects.filter(one_of("place", PLACES), closed=None, rule=PLACE_RULE, asset=None)
        )
        .order_by()
        .values_list("place", "kind", "quantity")
    )
)
