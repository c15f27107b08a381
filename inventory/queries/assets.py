"""The list of assets: searched, in fixed views, worst first; and what one page of it shows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import JSONObject
from django.utils import timezone

from inventory.marks import mark as marks
from inventory.models import Asset, AssetCount, Mark, NetworkKind
from inventory.queries.cells import MARKED
from itops.database.conditions import among
from itops.database.kept import Given, Kept, one_of
from itops.organisation.models import Place, User
from itops.organisation.models.place import named
from itops.organisation.roles import lies_under
from itops.organisation.scope import granted_paths, in_scope, lies_under_given, visible_when_asked

VIEW, VIEW_PERSON = "inventory.view_asset", "organisation.view_person"
GRID_KINDS = (
    *("computer", "conference_room", "notice_board", "network_link"),
    *("network_device", "server", "ups", "printer"),
)


SHOWN = (
    *("pk", "tag", "name", "kind", "location", "serial", "condition", "archived", "bought_on", "cost_fen"),
    *("place__name", "place__name_en", "network__name", "network__kind"),
    *("responsible__name", "responsible__office__place__path"),
    *("device_model__name", "device_model__manufacturer__name", "device_model__manufacturer__name_en"),
    *("standing__missing", "standing__unused"),
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
    """One mark of an asset; of several findings the one that has stood longest, and for how many days."""

    mark: str
    since: date
    days: int
    waived: bool


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
    archived: bool
    bought_on: date | None
    cost_fen: int | None
    badges: Sequence[Badge]
    unknown: Sequence[str]

    def __str__(self) -> str:
        return f"{self.tag} {self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked of the counts; `path` is the place's."""

    kind: str = ""
    path: str = ""
    view: View = View.ALL
    mark: str = ""
    answer: str = ""

    @property
    def shape(self) -> "Asked":
        """All questions of one shape are the same statement."""
        return replace(self, kind="*" if self.kind else "", path="*" if self.path else "")

    def condition(self) -> Q:
        asked = Q(pieces__isnull=False) & condition(self.view, "")
        if self.kind:
            asked &= Q(kind=Given("kind", "text", CharField()))
        if self.path:
            asked &= Q(
                among(
                    "place",
                    Place.objects.filter(lies_under_given(Given("path", "ltree"))).order_by().values("pk"),
                )
            )
        if self.mark or self.answer:
            asked &= answered(self.mark, self.answer, "")
        return asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """How many there are in each view, what all of them cost, and how many are found, where the counts tell."""

    views: Mapping[View, int]
    cost_fen: int
    found: int | None


def totals(user: User, asked: Asked | None) -> Totals:
    """One query for all views and for what is asked of the counts (None: they cannot tell); nothing retired."""
    given = {"kind": asked.kind, "path": asked.path} if asked else {}
    counted = _totals(asked.shape if asked else None).first(**given, **in_scope(user, VIEW)) or {}
    views = {view: counted.get(f"view_{view.name}") or 0 for view in View if view}
    return Totals(
        views=views | {View.ALL: counted.get("all_of_them") or 0},
        cost_fen=counted.get("cost") or 0,
        found=None if asked is None else counted.get("found") or 0,
    )


@cache
def _totals(shape: Asked | None) -> Kept[dict[str, Any]]:
    """For questions that differ in the kind or the place alone; one group that holds everything."""
    return Kept(
        lambda: (
            visible_when_asked(AssetCount.objects.filter(retired=False))
            .order_by()
            .annotate(everything=Value(1))
            .values("everything")
            .annotate(
                cost=Sum("cost_fen"),
                **{f"view_{view.name}": Sum("pieces", filter=condition(view, "")) for view in View if view},
                all_of_them=Sum("pieces"),
                **({} if shape is None else {"found": Sum("pieces", filter=shape.condition())}),
            )
        )
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


def lines(ids: Sequence[int], user: User) -> list[Line]:
    """The rows of one page, in the order of the ids: one query for everything that they show."""
    today, people = timezone.localdate(), granted_paths(user, VIEW_PERSON)
    found = {known["pk"]: _line(known, today, people) for known in LINES.all(keys=list(ids))}
    return [found[one] for one in ids if one in found]


def _line(known: dict[str, Any], today: date, people: Sequence[str]) -> Line:
    """Values, not instances: half of a page's time went into making fifty times seven of them."""
    names = known.pop("device_model__manufacturer__name"), known.pop("device_model__manufacturer__name_en")
    model = known.pop("device_model__name")
    unknown = _unknown(known.pop("standing__missing"), known.pop("standing__unused"))
    return Line(
        place=named(known.pop("place__name"), known.pop("place__name_en")),
        model=f"{named(*names)} {model}" if model else "",
        responsible=_named(
            known.pop("responsible__name"), known.pop("responsible__office__place__path"), people
        ),
        network=known.pop("network__name") or "",
        confidential=known.pop("network__kind") == NetworkKind.CONFIDENTIAL,
        badges=_badges(known.pop("badges"), today),
        unknown=unknown,
        **known,
    )


def _named(name: str | None, works_at: str | None, people: Sequence[str]) -> str:
    """Who answers for it, to those who may see the persons of where that one works."""
    return name if name and works_at and any(lies_under(works_at, path) for path in people) else ""


def _standing_marks() -> ArraySubquery:
    """[mark, waived, since] of each finding that stands, those that count and have stood longest first."""
    standing = Mark.objects.filter(asset=OuterRef("pk"), closed=None, marking=True)
    return ArraySubquery(
        standing.order_by("waived", "since").values(
            found=JSONObject(mark="mark", waived="waived", since="since")
        )
    )


def _badges(standing: Iterable[Mapping[str, Any]], today: date) -> list[Badge]:
    """A mark counts as waived when all its findings are; the one that has stood longest tells since when."""
    firsts: dict[str, Badge] = {}
    for one in standing:
        since = date.fromisoformat(one["since"])
        badge = Badge(mark=one["mark"], since=since, days=(today - since).days, waived=one["waived"])
        firsts.setdefault(one["mark"], badge)
    return [firsts[mark] for mark in marks.Mark if mark in firsts]


def _unknown(missing: str | None, unused: str | None) -> list[str]:
    """The marks of which nothing can be said; being outdated is left to the asset's own page."""
    answers = {marks.Mark.MISSING.value: missing, marks.Mark.UNUSED.value: unused}
    return [name for name, answer in answers.items() if answer in {None, marks.Answer.UNKNOWN}]


LINES: Kept[dict[str, Any]] = Kept(
    lambda: (
        Asset.objects.filter(one_of("pk", Given("keys", "bigint[]")))
        .annotate(badges=_standing_marks())
        .values(*SHOWN, "badges")
    )
)


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
