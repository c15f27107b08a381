"""Monthly statistics as files: the city's form, the report as DOCX, the figures as XLSX; and the forms themselves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from itops.files.uploads import over_limit
from itops.organisation.models import Place
from itops.organisation.scope import granted_paths, signed_in
from planning.actions.report_forms import OWN, Sort, fill, form_in_use, hand_in
from planning.models import MonthlyFigure, ReportedFigure, ReportTemplate
from planning.pages.access import demand_for_county, may_for_county
from planning.pages.statistic_words import (
    division_said,
    figure_said,
    month_in,
    month_said,
    unit_said,
    value_said,
)
from planning.queries.statistics import VIEW, MonthTable, counties_counted, month_table
from planning.statistics.report import Cell, Column, Difference, Line, MonthReport, UnusableForm
from planning.statistics.sheet import Words, workbook

HAND_IN = "planning.add_reporttemplate"
CHINESE = "zh-hans"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TYPES = {Sort.CITY: XLSX, Sort.REPORT: DOCX}
NAMES = {Sort.CITY: "city-form.xlsx", Sort.REPORT: "monthly-report.docx"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One of the two forms and which of them is in use."""

    sort: str
    name: str
    takes: str
    last: ReportTemplate | None


def figures(request: HttpRequest, county: int, month: str) -> HttpResponse:
    """The figures with live formulas, in the reader's language."""
    table = _table(request, county, month)
    data = workbook(report_of(table), _words())
    return _file(data, XLSX, f"{_stem(table)}.xlsx")


def form(request: HttpRequest, county: int, month: str, sort: str) -> HttpResponse:
    """The city's form or the report, in Chinese as the city asks for it."""
    chosen = _sort(sort)
    try:
        with translation.override(CHINESE):
            table = _table(request, county, month)
            data = fill(chosen, form_in_use(chosen), report_of(table))
    except UnusableForm as wrong:
        said = _("The form cannot be filled in: %(why)s") % {"why": wrong.said}
        messages.error(request, said)
        return redirect(f"{reverse('planning:statistics')}?month={month}")
    ending = NAMES[chosen].partition(".")[2]
    return _file(data, TYPES[chosen], f"{_stem(table)}-{chosen.value}.{ending}")


def forms(request: HttpRequest) -> HttpResponse:
    """Which forms are in use; hand in others."""
    user = signed_in(request)
    if not granted_paths(user, VIEW):
        raise PermissionDenied
    if request.method == "POST":
        demand_for_county(user, HAND_IN)
        _take_in(request)
        return redirect("planning:report_forms")
    found = [
        Form(
            sort=sort.value,
            name=str(sort.label),
            takes=NAMES[sort].rpartition(".")[2],
            last=ReportTemplate.objects.filter(sort=sort).select_related("added_by__person").first(),
        )
        for sort in OWN
    ]
    context = {"forms": found, "may_hand_in": may_for_county(user, HAND_IN)}
    return render(request, "planning/report_forms.html", context)


def own_form(request: HttpRequest, sort: str) -> HttpResponse:
    """The form that comes with the program, to be edited and handed in."""
    _demand_view(request)
    chosen = _sort(sort)
    return _file(OWN[chosen].read_bytes(), TYPES[chosen], NAMES[chosen])


def used_form(request: HttpRequest, sort: str) -> HttpResponse:
    """The form in use."""
    _demand_view(request)
    chosen = _sort(sort)
    return _file(form_in_use(chosen), TYPES[chosen], NAMES[chosen])


def report_of(table: MonthTable) -> MonthReport:
    """A month's table as files take it."""
    townships = [place for place in table.places if place != table.county]
    county = table.names[table.county.pk] if table.county else ""
    as_of = max((one.as_of for one in table.figures.values()), default=table.month.last)
    return MonthReport(
        month=month_said(table.month),
        year=table.month.year,
        number=table.month.number,
        county=county,
        as_of=f"{as_of:%Y-%m-%d}",
        made_on=f"{timezone.localdate():%Y-%m-%d}",
        columns=[_column(table, place) for place in range(len(table.definitions))],
        whole=_line(table, table.county, county),
        lines=[_line(table, place, table.names[place.pk]) for place in townships],
        differences=list(_differences(table, townships)),
    )


def _column(table: MonthTable, at: int) -> Column:
    definition = table.definitions[at]
    found = table.of_indicator(definition.indicator_id)
    return Column(
        code=definition.indicator.code,
        name=str(definition.indicator),
        unit=definition.unit,
        unit_name=unit_said(definition.unit),
        definition=definition.said,
        version=_("version %(number)s, from %(day)s")
        % {"number": definition.version, "day": f"{definition.starts:%Y-%m-%d}"},
        office=str(next((one.office for one in found if one.office), "")),
        state=_state(found),
    )


def _state(found: Sequence[MonthlyFigure]) -> str:
    first = next((one for one in found if one.frozen), None)
    if first is None or first.confirmed_at is None or not all(one.frozen for one in found):
        return _("not confirmed")
    day = timezone.localdate(first.confirmed_at)
    return _("confirmed by %(who)s on %(day)s") % {"who": first.confirmed_by, "day": f"{day:%Y-%m-%d}"}


def _line(table: MonthTable, place: Place | None, name: str) -> Line:
    found = [
        table.figures.get((definition.indicator_id, place.pk)) if place else None
        for definition in table.definitions
    ]
    return Line(name=name, cells=[_cell(one) for one in found])


def _cell(figure: MonthlyFigure | None) -> Cell:
    if figure is None:
        return Cell(note=_("not counted"))
    return Cell(
        part=figure.part,
        whole=figure.whole,
        value=figure.value,
        said=figure_said(figure),
        note=_note(figure),
    )


def _note(figure: MonthlyFigure) -> str:
    parts = [
        division_said(figure.counted) if figure.lacking else "",
        _("%(count)s cannot be told") % {"count": figure.untold} if figure.untold else "",
        _("rests on generated demonstration data") if figure.generated else "",
    ]
    return _(", ").join(part for part in parts if part)


def _differences(table: MonthTable, townships: Sequence[Place]) -> Iterator[Difference]:
    for at, definition in enumerate(table.definitions):
        for line, place in enumerate([table.county, *townships], start=-1):
            key = (definition.indicator_id, place.pk if place else 0)
            reported, figure = table.reported.get(key), table.figures.get(key)
            if reported and figure and reported.differs(figure):
                yield Difference(
                    column=at,
                    line=line,
                    reported=reported.value,
                    reported_said=value_said(reported.value, definition.unit),
                    explanation=_explained(reported, figure),
                )


def _explained(reported: ReportedFigure, figure: MonthlyFigure) -> str:
    return _("not explained yet") if reported.open_against(figure) else reported.explanation


def _table(request: HttpRequest, county: int, month: str) -> MonthTable:
    """404 for a county or month of which the account sees nothing; these files add up the whole county's townships."""
    user = signed_in(request)
    _demand_view(request)
    asked = month_in(month)
    where = get_object_or_404(Place, pk=county)
    if where not in counties_counted(user, asked):
        raise Http404
    table = month_table(user, asked, where)
    if not table.whole:
        raise PermissionDenied
    return table


def _demand_view(request: HttpRequest) -> None:
    if not granted_paths(signed_in(request), VIEW):
        raise PermissionDenied


def _sort(text: str) -> ReportTemplate.Sort:
    try:
        return Sort(text)
    except ValueError:
        raise Http404 from None


def _take_in(request: HttpRequest) -> None:
    """One form of one sort; what is wrong with it is said."""
    user, chosen, sent = signed_in(request), _sort(request.POST.get("sort", "")), request.FILES.get("form")
    if sent is None:
        said = _("The file is too large for a form.") if over_limit(request) else _("No file came.")
        messages.error(request, said)
        return
    try:
        hand_in(chosen, name=sent.name or NAMES[chosen], data=sent.read(), by=user)
        messages.success(request, _("From now on this form is filled in."))
    except ValidationError as refused:
        messages.error(request, refused.messages[0])


def _stem(table: MonthTable) -> str:
    """What is not confirmed in full is a draft, and its name says so."""
    frozen = all(one.frozen for one in table.figures.values())
    draft = "" if frozen else f"-{pgettext('file', 'draft')}"
    return f"{table.names[table.county.pk] if table.county else ''}-{table.month}{draft}"


def _file(data: bytes, content_type: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or ""}
    return HttpResponse(data, content_type=content_type, headers=headers)


def _words() -> Words:
    return Words(
        figures=_("Figures"),
        definitions=_("Definitions"),
        differences=_("Differences"),
        place=_("Place"),
        numerator=_("Numerator"),
        denominator=_("Denominator"),
        figure=_("Figure"),
        code=_("Code"),
        indicator=_("Indicator"),
        unit=_("Unit"),
        definition=_("Definition"),
        version=_("Version"),
        office=_("Reporting office"),
        state=_("State"),
        reported=_("Reported"),
        counted=_("Counted"),
        difference=_("Differs by"),
        explanation=_("Explanation"),
        note=_("Figures are formulas: numerator divided by denominator; the county adds up its townships."),
    )
