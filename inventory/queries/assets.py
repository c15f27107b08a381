"""The list of assets: searched, in fixed views, worst first; and what one page of it shows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.utils import timezone

from inventory.marks import mark as marks
from inventory.models import Asset, AssetCount, Binding, Mark, NetworkKind
from inventory.queries.cells import MARKED
from itops.organisation.models.place import named

GRID_KINDS = (
    *("computer", "conference_room", "notice_board", "network_link"),
    *("network_device", "server", "ups", "printer"),
)


SHOWN = (
    *("pk", "tag", "name", "kind", "location", "serial", "condition", "bought_on", "cost_fen", "custom"),
    *("place__name", "place__name_en", "responsible__name", "network__name", "network__kind"),
    *("device_model__name", "device_model__manufacturer__name", "standing__missing", "standing__unused"),
)


class View(StrEnum):
    """Fixed filters, shown as tabs with their counts."""

    ALL = ""
    OLD_OR_UNUSED = "old_or_unused"
    IDLE = "idle"
    UNSUPPORTED = "unsupported"
    NOT_FOUND = "not_found"
    PARTS = "parts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """One mark of an asset; of several findings the one that has stood longest."""

    mark: str
    since: date
    waived: bool

    @property
    def days(self) -> int:
        return (timezone.localdate() - self.since).days


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of the list as it is shown; `unknown` names the marks of which nothing can be said."""

    pk: int
    tag: str
    name: str
    kind: str
    place: str
    location: str
    model: str
    responsible: str
    network: str
    confidential: bool
    serial: str
    condition: str
    bought_on: date | None
    cost_fen: int | None
    own: Mapping[str, object]
    badges: Sequence[Badge]
    unknown: Sequence[str]

    def __str__(self) -> str:
        return f"{self.tag} {self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """How many there are in each view, what all of them cost, and how many are found, where the counts tell."""

    views: Mapping[View, int]
    cost_fen: int
    found: int | None


def search(assets: QuerySet[Asset], text: str) -> QuerySet[Asset]:
    """Every word must occur in number, name, model, serial number, location, person, place or address."""
    for word in text.split():
        address = Binding.objects.current().filter(asset=OuterRef("pk"), endpoint__address__icontains=word)
        assets = assets.filter(
            Q(tag__icontains=word)
            | Q(name__icontains=word)
            | Q(serial__icontains=word)
            | Q(location__icontains=word)
            | Q(device_model__name__icontains=word)
            | Q(device_model__manufacturer__name__icontains=word)
            | Q(responsible__name__icontains=word)
            | Q(responsible__pinyin__istartswith=word)
            | Q(place__name__icontains=word)
            | Q(place__name_en__icontains=word)
            | Exists(address)
        )
    return assets


def totals(counts: QuerySet[AssetCount], asked: Q | None) -> Totals:
    """One query for all views and for what is asked of the counts (None: they cannot tell); nothing retired."""
    counted = counts.filter(retired=False).aggregate(
        cost=Sum("cost_fen"),
        **{f"view_{view.name}": Sum("pieces", filter=condition(view, "")) for view in View if view},
        all_of_them=Sum("pieces"),
        **({} if asked is None else {"found": Sum("pieces", filter=asked)}),
    )
    views = {view: counted[f"view_{view.name}"] or 0 for view in View if view}
    return Totals(
        views=views | {View.ALL: counted["all_of_them"] or 0},
        cost_fen=counted["cost"] or 0,
        found=None if asked is None else counted["found"] or 0,
    )


def answered(mark: str, answer: str, answers: str = "standing__") -> Q:
    """By one mark's answer; without a mark any of the three will do, but "in order" is asked of all.

    `answers` is "" where the question is to a count, which has the answers in its own row.
    """
    names = [mark] if mark else [one.value for one in marks.Mark]
    wanted = answer or MARKED
    joined = Q()
    for condition in (Q(**{f"{answers}{name}": wanted}) for name in names):
        joined = joined & condition if wanted == marks.Answer.CLEAR else joined | condition
    return joined


def worst_first(assets: QuerySet[Asset]) -> QuerySet[Asset]:
    """The most marks first, missing before others, then the mark that has stood longest: as the marking ranked them."""
    return assets.order_by("rank", "tag")


def best_first(assets: QuerySet[Asset]) -> QuerySet[Asset]:
    return assets.order_by("-rank", "-tag")


def lines(ids: Sequence[int]) -> list[Line]:
    """The rows of one page, in the order of the ids."""
    badges = _badges(ids)
    found = {known["pk"]: _line(known, badges) for known in Asset.objects.filter(pk__in=ids).values(*SHOWN)}
    return [found[one] for one in ids if one in found]


def _line(known: dict[str, Any], badges: Mapping[int, Sequence[Badge]]) -> Line:
    """Values, not instances: half of a page's time went into making fifty times seven of them."""
    maker, model = known.pop("device_model__manufacturer__name"), known.pop("device_model__name")
    unknown = _unknown(known.pop("standing__missing"), known.pop("standing__unused"))
    return Line(
        place=named(known.pop("place__name"), known.pop("place__name_en")),
        model=f"{maker} {model}" if model else "",
        responsible=known.pop("responsible__name") or "",
        network=known.pop("network__name") or "",
        confidential=known.pop("network__kind") == NetworkKind.CONFIDENTIAL,
        own=known.pop("custom"),
        badges=badges.get(known["pk"], ()),
        unknown=unknown,
        **known,
    )


def _badges(ids: Iterable[int]) -> dict[int, list[Badge]]:
    """A mark counts as waived when all its findings are; the one that has stood longest tells since when."""
    standing = Mark.objects.filter(asset__in=list(ids), closed=None, marking=True)
    firsts: dict[int, dict[str, Badge]] = defaultdict(dict)
    for asset, code, waived, since in standing.order_by("waived", "since").values_list(
        "asset", "mark", "waived", "since"
    ):
        firsts[asset or 0].setdefault(code, Badge(mark=code, since=since, waived=waived))
    return {asset: [of[one] for one in marks.Mark if one in of] for asset, of in firsts.items()}


def _unknown(missing: str | None, unused: str | None) -> list[str]:
    """The marks of which nothing can be said; being outdated is left to the asset's own page."""
    answers = {marks.Mark.MISSING.value: missing, marks.Mark.UNUSED.value: unused}
    return [name for name, answer in answers.items() if answer in {None, marks.Answer.UNKNOWN}]


def condition(view: View, answers: str = "standing__") -> Q:
    """What a view asks of an asset, or of a count of assets (`answers` is "")."""
    outdated, unused = Q(**{f"{answers}outdated": MARKED}), Q(**{f"{answers}unused": MARKED})
    return {
        View.ALL: Q(),
        View.OLD_OR_UNUSED: outdated | unused,
        View.IDLE: unused,
        View.UNSUPPORTED: Q(**{f"{answers}unsupported": True}),
        View.NOT_FOUND: Q(**{f"{answers}missing": MARKED}),
        View.PARTS: ~Q(kind__in=GRID_KINDS),
    }[view]
