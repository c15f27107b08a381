"""Monthly statistics: townships by indicators, the county first; what is confirmed, what waits, what differs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from itops.organisation.models import Place, User
from itops.organisation.scope import granted_paths, signed_in
from planning.actions.statistics import confirm, count, may_answer
from planning.models import Indicator, IndicatorDefinition, MonthlyFigure, ReportedFigure
from planning.pages.access import demand_for_county, may_for_county
from planning.pages.statistic_words import (
    counted_said,
    figure_said,
    month_asked,
    month_in,
    month_said,
    unit_said,
    value_said,
)
from planning.queries.statistics import VIEW, MonthTable, counties_counted, month_table, months_counted
from planning.statistics.months import Month, month_of

COUNT = "planning.add_monthlyfigure"
REPORT = "planning.change_reportedfigure"
DIFFERENCES_SHOWN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One figure. `differs`: "open" until explained, then "explained"; `note` is what it was counted from."""

    text: str
    note: str
    url: str
    frozen: bool = False
    differs: str = ""
    reported: str = ""
    generated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One indicator. `state`: "frozen", "waiting" or "running"."""

    code: str
    name: str
    unit: str
    office: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One place; cells in the order of the columns, None where nothing was counted."""

    name: str
    url: str
    cells: Sequence[Cell | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An indicator that the reader's own office may confirm."""

    code: str
    name: str
    value: str
    note: str
    generated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A figure reported otherwise than counted, not explained yet."""

    what: str
    reported: str
    counted: str
    url: str


def page(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    if not granted_paths(user, VIEW):
        raise PermissionDenied
    months = months_counted(user)
    month = month_asked(request, _usual(months))
    counties = counties_counted(user, month)
    table = month_table(user, month, _county(request, counties))
    columns, waiting = _columns(table), _to_confirm(user, table)
    context = {
        "month": month,
        "months": [(str(one), month_said(one)) for one in sorted({*months, month}, reverse=True)],
        "month_said": month_said(month),
        "counties": counties,
        "county": table.county,
        "whole": table.whole,
        "columns": columns,
        "lines": _lines(table),
        "frozen": sum(column.state == "frozen" for column in columns),
        "waits": sum(column.state == "waiting" for column in columns),
        "running": month >= month_of(timezone.localdate()),
        "as_of": max((one.as_of for one in table.figures.values()), default=None),
        "generated": any(one.generated for one in table.figures.values()),
        "may_count": may_for_county(user, COUNT) and month.first <= timezone.localdate(),
        "may_report": bool(granted_paths(user, REPORT)),
        "to_confirm": waiting,
        "confirmable": any(not one.generated for one in waiting),
        **_differences(table),
    }
    return render(request, "planning/statistics.html", context)


@require_POST
def count_now(request: HttpRequest) -> HttpResponse:
    """Count the month by hand; frozen figures stay."""
    user, month = signed_in(request), month_in(request.POST.get("month", ""))
    demand_for_county(user, COUNT)
    try:
        done = count(month, by=user.actor)
        said = _(
            "Counted: %(added)s figures added, %(changed)s changed, %(same)s as before, %(frozen)s frozen."
        )
        numbers = {"added": done.added, "changed": done.changed, "same": done.same, "frozen": done.frozen}
        messages.success(request, said % numbers)
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    return redirect(address(month))


@require_POST
def confirm_chosen(request: HttpRequest) -> HttpResponse:
    """Freeze the ticked indicators of the own office in the whole county."""
    user, month = signed_in(request), month_in(request.POST.get("month", ""))
    county = get_object_or_404(Place, pk=_number(request.POST.get("county", "")))
    chosen = list(Indicator.objects.filter(code__in=request.POST.getlist("indicator")).order_by("code"))
    try:
        frozen = confirm(month, county, chosen, by=user)
        said = ngettext(
            "%(count)s figure is confirmed and frozen.", "%(count)s figures are confirmed and frozen.", frozen
        )
        messages.success(request, said % {"count": frozen})
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    return redirect(address(month, county))


def address(month: Month, county: Place | None = None) -> str:
    """The page of a month."""
    asked = f"&county={county.pk}" if county else ""
    return f"{reverse('planning:statistics')}?month={month}{asked}"


def figure_address(figure: MonthlyFigure) -> str:
    """The page of one figure."""
    return reverse(
        "planning:monthly_figure", args=[figure.indicator.code, figure.place_id, str(figure.of_month)]
    )


def _usual(months: Sequence[Month]) -> Month:
    """The last one that is over: that is what is to be reported."""
    running = month_of(timezone.localdate())
    return next((one for one in months if one < running), running)


def _number(text: str) -> int:
    if not text.isdecimal():
        raise Http404
    return int(text)


def _county(request: HttpRequest, counties: Sequence[Place]) -> Place | None:
    asked = request.GET.get("county", "")
    if not asked:
        return counties[0] if counties else None
    found = next((one for one in counties if str(one.pk) == asked), None)
    if found is None:
        raise Http404
    return found


def _columns(table: MonthTable) -> list[Column]:
    return [_column(definition, table) for definition in table.definitions]


def _column(definition: IndicatorDefinition, table: MonthTable) -> Column:
    figures = table.of_indicator(definition.indicator_id)
    frozen = all(one.frozen for one in figures)
    running = table.month >= month_of(timezone.localdate())
    office = figures[0].office if frozen else definition.indicator.office
    return Column(
        code=definition.indicator.code,
        name=str(definition.indicator),
        unit=unit_said(definition.unit),
        office=str(office or ""),
        state="frozen" if frozen else "running" if running else "waiting",
    )


def _lines(table: MonthTable) -> list[Line]:
    return [
        Line(
            name=table.names[place.pk],
            url=reverse("inventory:place", args=[place.pk]) if place != table.county else "",
            cells=[_cell(table, definition, place) for definition in table.definitions],
        )
        for place in table.places
    ]


def _cell(table: MonthTable, definition: IndicatorDefinition, place: Place) -> Cell | None:
    key = (definition.indicator_id, place.pk)
    figure, reported = table.figures.get(key), table.reported.get(key)
    if figure is None:
        return None
    return Cell(
        text=figure_said(figure),
        note=counted_said(figure.counted),
        url=figure_address(figure),
        frozen=figure.frozen,
        differs=_differs(figure, reported),
        reported=value_said(reported.value, definition.unit) if reported else "",
        generated=figure.generated > 0,
    )


def _differs(figure: MonthlyFigure, reported: ReportedFigure | None) -> str:
    if reported is None or not reported.differs(figure):
        return ""
    return "open" if reported.open_against(figure) else "explained"


def _to_confirm(user: User, table: MonthTable) -> list[Waiting]:
    """Of the month that is over, those not frozen for which the reader's office answers."""
    county = table.county
    if county is None or table.month >= month_of(timezone.localdate()):
        return []
    return [
        _waiting(definition, table, county)
        for definition in table.definitions
        if not all(one.frozen for one in table.of_indicator(definition.indicator_id))
        and may_answer(definition.indicator, county, user)
    ]


def _waiting(definition: IndicatorDefinition, table: MonthTable, county: Place) -> Waiting:
    whole = table.figures.get((definition.indicator_id, county.pk))
    return Waiting(
        code=definition.indicator.code,
        name=str(definition.indicator),
        value=figure_said(whole) if whole else "–",
        note=counted_said(whole.counted) if whole else "",
        generated=any(one.generated for one in table.of_indicator(definition.indicator_id)),
    )


def _differences(table: MonthTable) -> Mapping[str, object]:
    found = table.open_differences()
    shown = [
        Difference(
            what=f"{figure.indicator} · {table.names[figure.place_id]}",
            reported=value_said(reported.value, figure.definition.unit),
            counted=figure_said(figure),
            url=figure_address(figure),
        )
        for reported, figure in found[:DIFFERENCES_SHOWN]
    ]
    return {"differences": shown, "open": len(found), "more": len(found) - len(shown)}
