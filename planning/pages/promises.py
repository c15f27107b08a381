"""Promised against measured: on a project's page, and of all projects on one page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import django_filters as filters
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from inventory.models.catalogue import KIND_CHOICES
from inventory.pages.days import asked_day
from itops.crud.filters import RecordFilter
from itops.crud.resource import Resource
from itops.crud.tables import NameColumn, RecordTable
from itops.organisation.scope import granted_paths, may, signed_in
from planning.models import Project, Promise, PromiseResult
from planning.models.promise import OUTCOME_NAMES
from planning.projects.promises import SHARES, STRETCHES, Measure, Outcome
from planning.projects.stages import Stage
from planning.queries.promises import Held, Point, counted, held, promises_on

VIEW, ADD = "planning.view_project", "planning.add_promise"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What is said of one point of time: the value, the verdict, and what it rests on."""

    months: int
    outcome: str
    value: str
    said: str
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    project: Project
    kind: str
    measure: str
    promised: str
    outcome: str
    cells: Sequence[Cell]


def rows(found: Sequence[Held]) -> list[Row]:
    return [
        Row(
            project=one.promise.project,
            kind=one.promise.get_kind_display(),
            measure=one.promise.get_measure_display(),
            promised=one.promise.said,
            outcome=one.outcome.value,
            cells=[_cell(point, one.promise) for point in one.points],
        )
        for one in found
    ]


def _cell(point: Point, promise: Promise) -> Cell:
    result = point.result
    return Cell(
        months=point.months,
        outcome=point.outcome.value,
        value=_value(result, promise) if result else "",
        said=str(OUTCOME_NAMES[point.outcome]),
        basis=_basis(result) if result else _due(point),
    )


def _value(result: PromiseResult, promise: Promise) -> str:
    tenths = result.tenths
    if tenths is None:
        return ""
    written = f"{tenths // 10:,}.{tenths % 10}"
    return f"{written}%" if Measure(promise.measure) in SHARES else written


def _basis(result: PromiseResult) -> str:
    """Of how many pieces on how many days, and whether the evidence is a demonstration's."""
    said = ngettext(
        "%(watched)s of %(pieces)s piece, %(days)s days",
        "%(watched)s of %(pieces)s pieces, %(days)s days",
        result.pieces,
    )
    words = said % {"watched": result.watched, "pieces": result.pieces, "days": f"{result.days:,}"}
    return " · ".join([words, gettext("generated evidence")]) if result.generated else words


def _due(point: Point) -> str:
    return gettext("from %(day)s on") % {"day": point.due} if point.due else gettext("nothing came yet")


def promises_of(request: HttpRequest, project: Project) -> Mapping[str, object]:
    """What the project promised, beside what was measured."""
    user = signed_in(request)
    found = held(project.promises.select_related("project__place"), asked_day(request))
    return {
        "rows": rows(found),
        "stretches": STRETCHES,
        "add_promise": PROMISES.add_url
        if project.stage == Stage.APPROVAL and may(user, ADD, project.place)
        else "",
    }


def page(request: HttpRequest) -> HttpResponse:
    """Every promise of every project that the account sees."""
    user = signed_in(request)
    if not granted_paths(user, VIEW):
        raise PermissionDenied
    day = asked_day(request)
    found = promises_on(user, day)
    wanted = request.GET.get("outcome", "")
    shown = [one for one in found if one.outcome == wanted] if wanted in set(Outcome) else found
    context = {
        "day": day,
        "rows": rows(shown),
        "stretches": STRETCHES,
        "chips": _chips(found),
        **_in_short(found),
        "wanted": wanted,
    }
    return render(request, "planning/promised.html", context)


def _in_short(found: Sequence[Held]) -> Mapping[str, int]:
    """By the last measurement of each."""
    number = counted(found)
    return {
        "measured": len(found) - number[Outcome.PENDING],
        "kept": number[Outcome.KEPT],
        "missed": number[Outcome.MISSED],
        "untold": number[Outcome.UNKNOWN],
    }


def _chips(found: Sequence[Held]) -> list[tuple[str, str, int]]:
    number = counted(found)
    return [(one.value, str(OUTCOME_NAMES[one]), number[one]) for one in reversed(Outcome) if number[one]]


class PromiseTable(RecordTable):
    kind = NameColumn("planning:promise")

    class Meta(RecordTable.Meta):
        model = Promise
        fields = ("kind", "measure", "figure", "project")


class PromiseFilter(RecordFilter):
    searched = ("project__number", "project__name")

    kind = filters.ChoiceFilter(label=_("Kind"), choices=KIND_CHOICES)

    class Meta:
        model = Promise
        fields: tuple[str, ...] = ()


PROMISES = Resource(
    model=Promise,
    path="promises",
    namespace="planning",
    table=PromiseTable,
    filters=PromiseFilter,
    fields=("project", "kind", "measure", "figure", "note"),
    natural=("kind",),
    place="project__place",
    related=("project__place",),
)
