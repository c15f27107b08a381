"""The list of assets: searched, in fixed views, worst first; and what one page of it shows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import (
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Sum,
)
from django.utils import timezone

from inventory.marks import mark as marks
from inventory.models import Asset, AssetCount, Binding, Mark, Standing
from inventory.queries.cells import MARKED

GRID_KINDS = (
    *("computer", "conference_room", "notice_board", "network_link"),
    *("network_device", "server", "ups", "printer"),
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
    """One row: the asset with what it refers to, its badges, and which answers are unknown."""

    asset: Asset
    badges: Sequence[Badge]
    unknown: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """How many there are in each view, and what all of them cost."""

    views: Mapping[View, int]
    cost_fen: int


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


def condition(view: View) -> Q:
    """What a view asks of an asset."""
    return _of_view(view, "standing__")


def totals(counts: QuerySet[AssetCount]) -> Totals:
    """One query for all views; of what is not retired."""
    counted = counts.filter(retired=False).aggregate(
        cost=Sum("cost_fen"),
        **{f"view_{view.name}": Sum("pieces", filter=_of_view(view)) for view in View if view},
        all_of_them=Sum("pieces"),
    )
    views = {view: counted[f"view_{view.name}"] or 0 for view in View if view}
    return Totals(views=views | {View.ALL: counted["all_of_them"] or 0}, cost_fen=counted["cost"] or 0)


def answered(assets: QuerySet[Asset], mark: str, answer: str) -> QuerySet[Asset]:
    """By one mark's answer; without a mark any of the three will do, but "in order" is asked of all."""
    names = [mark] if mark else [one.value for one in marks.Mark]
    wanted = answer or MARKED
    conditions = [Q(**{f"standing__{name}": wanted}) for name in names]
    joined = Q()
    for one in conditions:
        joined = joined & one if wanted == marks.Answer.CLEAR else joined | one
    return assets.filter(joined)


def worst_first(assets: QuerySet[Asset]) -> QuerySet[Asset]:
    """The most marks first, missing before others, then the mark that has stood longest: as the marking ranked them."""
    return assets.order_by("rank", "tag")


def best_first(assets: QuerySet[Asset]) -> QuerySet[Asset]:
    return assets.order_by("-rank", "-tag")


def lines(ids: Sequence[int]) -> list[Line]:
    """The rows of one page, in the order of the ids."""
    assets = Asset.objects.select_related(
        "place", "office", "responsible", "device_model__manufacturer", "network", "standing"
    ).in_bulk(ids)
    badges = _badges(ids)
    return [
        Line(asset=assets[one], badges=badges[one], unknown=_unknown(assets[one]))
        for one in ids
        if one in assets
    ]


def _badges(ids: Iterable[int]) -> dict[int, list[Badge]]:
    """A mark counts as waived when all its findings are."""
    found: dict[int, dict[str, list[Mark]]] = defaultdict(lambda: defaultdict(list))
    for mark in Mark.objects.filter(asset__in=list(ids), closed=None, marking=True).order_by("since"):
        found[mark.asset_id or 0][mark.mark].append(mark)
    badges: dict[int, list[Badge]] = defaultdict(list)
    for asset, of_mark in found.items():
        for code in (one.value for one in marks.Mark if one.value in of_mark):
            standing = [mark for mark in of_mark[code] if not mark.waived]
            first = (standing or of_mark[code])[0]
            badges[asset].append(Badge(mark=code, since=first.since, waived=not standing))
    return badges


def _unknown(asset: Asset) -> list[str]:
    """The marks of which nothing can be said; being outdated is left to the asset's own page."""
    standing: Standing | None = getattr(asset, "standing", None)
    if standing is None:
        return [marks.Mark.MISSING.value, marks.Mark.UNUSED.value]
    answers = {marks.Mark.MISSING.value: standing.missing, marks.Mark.UNUSED.value: standing.unused}
    return [name for name, answer in answers.items() if answer == marks.Answer.UNKNOWN]


def _of_view(view: View, answers: str = "") -> Q:
    """Of an asset the answers are in its standing; of a count in its own row."""
    outdated, unused = Q(**{f"{answers}outdated": MARKED}), Q(**{f"{answers}unused": MARKED})
    return {
        View.ALL: Q(),
        View.OLD_OR_UNUSED: outdated | unused,
        View.IDLE: unused,
        View.UNSUPPORTED: Q(**{f"{answers}unsupported": True}),
        View.NOT_FOUND: Q(**{f"{answers}missing": MARKED}),
        View.PARTS: ~Q(kind__in=GRID_KINDS),
    }[view]
