"""What the county needs on a day: shortfalls and marks as they stand, with the causes that evidence and people tell."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import Q, QuerySet

from inventory.marks.kind import Condition, Kind
from inventory.marks.mark import Answer
from inventory.marks.support import OS
from inventory.marks.upkeep import full_years
from inventory.models import Asset, Mark
from inventory.queries.cells import Cells, cells_of_everything
from itops.organisation.models import Level, Place
from planning.actions.around import Around, around
from planning.actions.requests import asked_by, of_needs
from planning.models import RemedyTerms
from planning.needs.causes import Signs, cause
from planning.needs.counted import Counted, counted
from planning.needs.facts import Asked, Cause, Marked, Stock, Terms
from planning.optimiser.need import Need

MARKED = Answer.MARKED.value
FAILING = ".repeated_repairs"
USUAL = RemedyTerms()  # the points of a kind of which nobody has said anything


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Everything that was looked at, and what came of it. Places are keys as text, assets their numbers.

    `asked`: the request behind a need that comes from it alone, by the need's key.
    """

    day: date
    counted: Counted
    stocks: Mapping[tuple[str, Kind], Stock]
    marked: Mapping[str, Marked]
    terms: Mapping[Kind, Terms]
    asked: Mapping[str, Asked] = field(default_factory=dict)


def needs_on(day: date) -> Known:
    """The needs of all townships as they stand; each lack counts once."""
    townships = list(Place.objects.filter(level=Level.TOWNSHIP).values_list("pk", flat=True))
    return needs_of(day, cells_of_everything(townships), townships, there=around(day))


def needs_of(day: date, counted_there: Cells, townships: Collection[int], *, there: Around) -> Known:
    """The same from counts that are at hand. `there` says what is around the equipment."""
    terms = {Kind(one.kind): one for one in RemedyTerms.objects.all()}
    stocks = _stocks(counted_there, set(townships), terms)
    causes = _Causes({(one.place, one.kind): one for one in stocks}, there)
    marked = list(_marked(day, causes, terms))
    of_kind = {kind: terms_of(one) for kind, one in terms.items()}
    asked = asked_by(day, terms, USUAL)
    found = counted(stocks, [one for one, _since in marked], asked, of_kind)
    since = {f"asset:{one.asset}": at for one, at in marked}
    dated = tuple(_dated(need, since.get(need.key)) for need in found.needs)
    return Known(
        day=day,
        counted=replace(found, needs=dated),
        stocks={(one.place, one.kind): one for one in stocks},
        marked={one.asset: one for one, _since in marked},
        terms=of_kind,
        asked=of_needs(found.needs, asked, (one.asset for one, _since in marked)),
    )


def kind_of(need: str, known: Known) -> Kind:
    """From a need's key: `short:PLACE:KIND:NUMBER` or `asset:TAG`, or from the request behind it."""
    if request := known.asked.get(need):
        return request.kind
    what, _colon, rest = need.partition(":")
    return known.marked[rest].kind if what == "asset" else Kind(rest.split(":")[1])


def _dated(need: Need, since: date | None) -> Need:
    """What rules of thumb go by: its age, and what the best remedy is good for."""
    return replace(need, since=since, severity=max(remedy.benefit for remedy in need.remedies))


def terms_of(one: RemedyTerms) -> Terms:
    """As the rules take them."""
    return Terms(
        category=one.kind,
        price=one.price_fen,
        price_cap=one.price_cap_fen,
        upkeep=one.upkeep_fen,
        repair=one.repair_fen,
        upgrade=one.upgrade_fen,
        freight=one.freight_fen,
        train=one.train_fen,
        connect=one.connect_fen,
    )


def _stocks(found: Cells, townships: Collection[int], terms: Mapping[Kind, RemedyTerms]) -> list[Stock]:
    """A lack that nothing proves (it is not marked) is none: then the place is taken to be at its standard."""
    missing = _missing()
    return [
        Stock(
            place=str(place),
            kind=kind,
            standard=None if tally.standard is None else min(tally.standard, tally.have + tally.gap),
            have=tally.have,
            benefit=terms.get(kind, USUAL).missing_points,
            missing=tuple(missing[place, kind]),
        )
        for (place, kind), tally in found.items()
        if place in townships
    ]


def _missing() -> Mapping[tuple[int, Kind], Sequence[str]]:
    """Numbers of the assets that are marked missing."""
    found: dict[tuple[int, Kind], list[str]] = defaultdict(list)
    gone = Mark.objects.filter(closed=None, mark="missing", marking=True, waived=False, asset__isnull=False)
    rows = gone.order_by("asset__tag").values_list("asset__place", "asset__kind", "asset__tag").distinct()
    for place, kind, tag in rows:
        found[place, Kind(kind)].append(tag)
    return found


def _marked_assets() -> QuerySet[Asset]:
    idle = Q(standing__outdated=MARKED) | Q(standing__unused=MARKED)
    in_townships = Asset.objects.filter(archived=False, place__level=Level.TOWNSHIP)
    return (
        in_townships.filter(idle)
        .exclude(condition=Condition.RETIRED.value)
        .exclude(standing__missing=MARKED)
        .select_related("standing", "device_model")
        .order_by("tag")
    )


def _marked(
    day: date, causes: "_Causes", terms: Mapping[Kind, RemedyTerms]
) -> list[tuple[Marked, date | None]]:
    return [
        (_of(asset, day, causes, terms), asset.in_service_on or asset.bought_on) for asset in _marked_assets()
    ]


def _of(asset: Asset, day: date, causes: "_Causes", terms: Mapping[Kind, RemedyTerms]) -> Marked:
    kind = Kind(asset.kind)
    outdated, unused = asset.standing.outdated == MARKED, asset.standing.unused == MARKED
    points = terms.get(kind, USUAL)
    return Marked(
        asset=asset.tag,
        place=str(asset.place_id),
        kind=kind,
        benefit=points.outdated_points if outdated and not unused else points.unused_points,
        outdated=outdated,
        unused=unused,
        cause=causes.of(asset) if unused else Cause.UNKNOWN,
        repairable=asset.condition == Condition.UNDER_REPAIR,
        upgradable=outdated and asset.pk not in causes.beyond_upgrade,
        years=years_on(asset, day),
        minimum_years=least_years(asset),
    )


def years_on(asset: Asset, day: date) -> int | None:
    """Whole years of use by the calendar, as the rule of minimum years counts; None: nobody knows since when."""
    begun = asset.in_service_on or asset.bought_on
    return full_years(begun, day) if begun else None


def least_years(asset: Asset) -> int | None:
    """Its own minimum years, else those of its model."""
    model = asset.device_model
    return asset.minimum_years or (model.minimum_years if model else None)


def _worn() -> tuple[set[int | None], set[int | None]]:
    """Assets that are repaired again and again, and those that not only the end of their system's support outdates."""
    failing = Q(rule__endswith=FAILING)
    outdated = Q(mark="outdated", marking=True) & ~Q(rule__endswith=f".{OS}")
    found = Mark.objects.open().filter(failing | outdated, waived=False)
    rows = list(found.values_list("asset", "rule", "mark", "marking"))
    return (
        {asset for asset, rule, _mark, _marking in rows if rule.endswith(FAILING)},
        {asset for asset, _rule, mark, marking in rows if mark == "outdated" and marking},
    )


class _Causes:
    """Why a thing stands unused: what people recorded, what is lacking around it, who could run it."""

    def __init__(self, stocks: Mapping[tuple[str, Kind], Stock], there: Around) -> None:
        self.stocks, self.around = stocks, there
        self.failing, self.beyond_upgrade = _worn()
        self.surplus = Counter({cell: stock.surplus for cell, stock in stocks.items()})

    def of(self, asset: Asset) -> Cause:
        """By the one rule, from what stands around it; each surplus explains one asset."""
        cell = (str(asset.place_id), Kind(asset.kind))
        line = self.stocks.get((cell[0], Kind.NETWORK_LINK))
        why = cause(
            Signs(
                kind=cell[1],
                broken=asset.condition == Condition.UNDER_REPAIR.value or asset.pk in self.failing,
                surplus=self.surplus[cell] > 0,
                line=line.have > 0 if line else None,
                posted=self.around.posted(asset.place_id),
                trained=self.around.trained(asset.place_id, asset.kind),
                typed_twice=self.around.typed_twice(asset.place_id),
            )
        )
        self.surplus[cell] -= why is Cause.NOT_NEEDED
        return why
