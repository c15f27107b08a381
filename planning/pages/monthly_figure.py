"""One monthly figure: how it was counted, the rows behind it, its months, its versions, what was reported by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from inventory.models import KIND_NAMES
from itops.crud.charts import Chart
from itops.organisation.models import Place, User
from itops.organisation.scope import may, signed_in, visible
from planning.actions.beside_systems import ADD, set_beside
from planning.actions.statistics import correct, explain, may_answer
from planning.models import MonthlyFigure, ReportedFigure
from planning.models.statistic import UNIT_NAMES
from planning.pages.statistic_words import (
    division_said,
    figure_said,
    month_in,
    month_said,
    unit_said,
    value_said,
)
from planning.pages.statistics import address, figure_address
from planning.queries.statistics import (
    VIEW_REPORTED,
    Behind,
    Recount,
    added_up,
    history,
    names_on,
    recount,
    versions,
)
from planning.statistics.months import Month
from planning.statistics.rules import Rule
from planning.statistics.values import Unit

MONTHS_SHOWN = 12
ROWS_SHOWN = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One thing that was counted, or one township of the county's figure."""

    name: str
    url: str
    kind: str
    part: int
    whole: int
    note: str


def page(request: HttpRequest, code: str, place: int, month: str) -> HttpResponse:
    user = signed_in(request)
    found = _versions(user, code, place, month_in(month))
    figure = found[0]
    is_county = figure.place_id == figure.county_id
    again = None if is_county else recount(user, figure, Rule(figure.definition.rule))
    rows = _pieces(again, figure) if again else _townships(figure)
    reported = _reported(user, figure)
    context = {
        "figure": figure,
        "definition": figure.definition,
        "unit": unit_said(figure.definition.unit),
        "people": figure.definition.unit is Unit.PEOPLE,
        "value": figure_said(figure),
        "division": division_said(figure.counted),
        "month_said": month_said(figure.of_month),
        "place_name": names_on(figure.as_of, [figure.place])[figure.place_id],
        "office": figure.office or figure.indicator.office,
        "back": address(figure.of_month, figure.county),
        "is_county": is_county,
        "again": division_said(again.counted) if again and again.counted != figure.counted else "",
        "rows": rows[:ROWS_SHOWN],
        "number": len(rows),
        "versions": [(one, figure_said(one), division_said(one.counted)) for one in found],
        "chart": _chart(user, figure),
        "reported": reported,
        "reported_said": value_said(reported.value, figure.definition.unit) if reported else "",
        "open": bool(reported and reported.open_against(figure)),
        "differs": bool(reported and reported.differs(figure)),
        "may_explain": bool(reported) and may(user, "planning.change_reportedfigure", figure.place),
        "may_compare": figure.frozen and may(user, ADD, figure.place),
        "may_correct": figure.frozen and may_answer(figure.indicator, figure.county, user),
    }
    return render(request, "planning/monthly_figure.html", context)


@require_POST
def correct_it(request: HttpRequest, code: str, place: int, month: str) -> HttpResponse:
    """Count the indicator again in the whole county and set versions beside the frozen ones."""
    user = signed_in(request)
    figure = _versions(user, code, place, month_in(month))[0]
    try:
        reason = request.POST.get("reason", "")[:300]
        number = correct(figure.of_month, figure.county, figure.indicator, reason=reason, by=user)
        said = _("%(count)s figures have another version now, which is to be confirmed.")
        messages.success(request, said % {"count": number})
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    return redirect(figure_address(figure))


@require_POST
def compare_it(request: HttpRequest, code: str, place: int, month: str) -> HttpResponse:
    """Set it beside what the business systems say of the same."""
    user = signed_in(request)
    figure = _versions(user, code, place, month_in(month))[0]
    try:
        beside = set_beside(figure, by=user)
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
        return redirect(figure_address(figure))
    messages.success(request, _("It stands among the systems’ figures now; where one differs, it is listed."))
    return redirect("inventory:systemfigure", beside.pk)


@require_POST
def explain_it(request: HttpRequest, code: str, place: int, month: str) -> HttpResponse:
    """Say why the reported figure is another."""
    user = signed_in(request)
    figure = _versions(user, code, place, month_in(month))[0]
    reported = _reported(user, figure)
    if reported is None:
        raise Http404
    try:
        explain(reported, figure, text=request.POST.get("explanation", ""), by=user)
        messages.success(request, _("The difference is explained."))
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    return redirect(figure_address(figure))


def _versions(user: User, code: str, place: int, month: Month) -> list[MonthlyFigure]:
    """404 for what the account does not see."""
    where = get_object_or_404(Place, pk=place)
    shown = MonthlyFigure.objects.filter(indicator__code=code, place=where, month=month.first).first()
    found = versions(user, shown.indicator_id, place, month) if shown else []
    if not found:
        raise Http404
    return found


def _reported(user: User, figure: MonthlyFigure) -> ReportedFigure | None:
    seen = visible(ReportedFigure.objects.all(), user, VIEW_REPORTED)
    of_figure = seen.filter(indicator=figure.indicator_id, place=figure.place_id, month=figure.month)
    return of_figure.select_related("office", "explained_by__person", "place").first()


def _pieces(again: Recount, figure: MonthlyFigure) -> list[Row]:
    return [_piece(one, figure.as_of) for one in again.behind]


def _townships(figure: MonthlyFigure) -> list[Row]:
    return [_township(one) for one in added_up(figure)]


def _township(one: MonthlyFigure) -> Row:
    return Row(
        name=str(one.place),
        url=figure_address(one),
        kind="",
        part=one.part,
        whole=one.whole,
        note=division_said(one.counted) if one.lacking else "",
    )


def _piece(one: Behind, day: date) -> Row:
    line = one.line
    name, url = _named(one, day)
    return Row(
        name=name,
        url=url,
        kind=str(KIND_NAMES[line.kind]) if line.kind else "",
        part=line.part,
        whole=line.whole,
        note=_("cannot be told") if line.untold else "",
    )


def _named(one: Behind, day: date) -> tuple[str, str]:
    """The asset as it was judged that day; an asset the reader may not see and an office have no page behind them."""
    if one.asset:
        asked = f"?date={day}" if day < timezone.localdate() else ""
        return str(one.asset), f"{reverse('inventory:asset', args=[one.asset.pk])}{asked}"
    if one.office:
        return str(one.office), ""
    if one.line.kind:
        return str(KIND_NAMES[one.line.kind]), f"{reverse('inventory:standards')}?date={day}"
    return str(one.place), ""


def _chart(user: User, figure: MonthlyFigure) -> Chart:
    found = history(user, figure.indicator_id, figure.place_id, figure.of_month, MONTHS_SHOWN)
    months = [figure.of_month]
    while len(months) < MONTHS_SHOWN:
        months.append(months[-1].before)
    points = [
        (month_said(month), None if one is None or one.value is None else float(one.value))
        for month, one in zip(reversed(months), found, strict=True)
    ]
    return Chart(
        key="months",
        title=str(figure.indicator),
        unit="%" if figure.definition.unit is Unit.PERCENT else str(UNIT_NAMES[figure.definition.unit]),
        finding=_finding(points),
        points=points,
        kind="bars",
        note=_("the last twelve months"),
    )


def _finding(points: Sequence[tuple[str, float | None]]) -> str:
    known = [(month, value) for month, value in points if value is not None]
    if not known:
        return _("No figure in these months.")
    said = _("In %(first)s it was %(before)s, in %(last)s %(now)s.")
    return said % {
        "first": known[0][0],
        "before": known[0][1],
        "last": known[-1][0],
        "now": known[-1][1],
    }
