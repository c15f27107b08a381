"""Lists of statistics: indicators, their definitions, monthly figures, figures reported by hand; and their entry."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import django_filters as filters
import django_tables2 as tables
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from itops.crud.directory import OFFICES, townships
from itops.crud.divisions import PLACES
from itops.crud.filters import ArchivableFilter, RecordFilter
from itops.crud.resource import Resource
from itops.crud.tables import NUMBER, DayColumn, MomentColumn, NameColumn, RecordTable, YesColumn
from itops.database.actor import acting
from itops.organisation.models import Level, Place, User
from itops.organisation.scope import granted_paths, signed_in, visible
from planning.models import Indicator, IndicatorDefinition, MonthlyFigure, ReportedFigure
from planning.models.statistic import MOST
from planning.pages.statistic_words import figure_said, month_asked, month_said, unit_said
from planning.pages.statistics import REPORT, address
from planning.queries.statistics import VIEW_REPORTED
from planning.statistics.months import Month, month_of


class IndicatorTable(RecordTable):
    code = NameColumn("planning:indicator")
    archived = YesColumn()

    class Meta(RecordTable.Meta):
        model = Indicator
        fields = ("code", "name", "name_en", "office", "archived")


class IndicatorFilter(ArchivableFilter):
    searched = ("code", "name", "name_en")

    class Meta:
        model = Indicator
        fields: tuple[str, ...] = ()


class DefinitionTable(RecordTable):
    indicator = NameColumn("planning:indicatordefinition")
    starts = DayColumn()

    class Meta(RecordTable.Meta):
        model = IndicatorDefinition
        fields = ("indicator", "version", "starts", "rule", "text", "document")


class DefinitionFilter(RecordFilter):
    searched = ("indicator__code", "indicator__name", "text")

    class Meta:
        model = IndicatorDefinition
        fields: tuple[str, ...] = ()


class MonthColumn(tables.Column):  # type: ignore[misc]
    """2026-10."""

    def render(self, value: Any) -> str:
        return str(month_of(value))


class FigureTable(RecordTable):
    indicator = NameColumn("planning:monthlyfigure")
    month = MonthColumn()
    confirmed_at = MomentColumn()
    figure = tables.Column(verbose_name=_("figure"), accessor="pk", orderable=False, attrs=NUMBER)

    class Meta(RecordTable.Meta):
        model = MonthlyFigure
        fields = (
            "indicator",
            "month",
            "place",
            "figure",
            "part",
            "whole",
            "version",
            "office",
            "confirmed_at",
        )

    def render_figure(self, record: MonthlyFigure) -> str:
        return figure_said(record)


class FigureFilter(RecordFilter):
    searched = ("indicator__code", "indicator__name", "place__name")

    indicator = filters.ModelChoiceFilter(label=_("Indicator"), queryset=Indicator.objects.all())
    place = filters.ModelChoiceFilter(label=_("Township"), queryset=townships)

    class Meta:
        model = MonthlyFigure
        fields: tuple[str, ...] = ()


class ReportedTable(RecordTable):
    indicator = NameColumn("planning:reportedfigure")
    month = MonthColumn()

    class Meta(RecordTable.Meta):
        model = ReportedFigure
        fields = ("indicator", "month", "place", "value", "office", "document", "explanation")


class ReportedFilter(RecordFilter):
    searched = ("indicator__code", "indicator__name", "place__name", "document")

    indicator = filters.ModelChoiceFilter(label=_("Indicator"), queryset=Indicator.objects.all())
    place = filters.ModelChoiceFilter(label=_("Township"), queryset=townships)

    class Meta:
        model = ReportedFigure
        fields: tuple[str, ...] = ()


INDICATORS = Resource(
    model=Indicator,
    path="indicators",
    namespace="planning",
    table=IndicatorTable,
    filters=IndicatorFilter,
    fields=("code", "name", "name_en", "office"),
    natural=("code", "name"),
    place=None,
    related=("office",),
    refers=(OFFICES,),
)
INDICATOR_DEFINITIONS = Resource(
    model=IndicatorDefinition,
    path="indicator-definitions",
    namespace="planning",
    table=DefinitionTable,
    filters=DefinitionFilter,
    fields=("indicator", "version", "starts", "rule", "text", "text_en", "document"),
    natural=("id",),
    place=None,
    related=("indicator",),
    refers=(INDICATORS,),
)
MONTHLY_FIGURES = Resource(
    model=MonthlyFigure,
    path="monthly-figures",
    namespace="planning",
    table=FigureTable,
    filters=FigureFilter,
    fields=(
        *("indicator", "definition", "month", "place", "county", "version", "part", "whole", "untold"),
        *("generated", "townships", "lacking", "as_of", "office", "reason", "confirmed_at"),
    ),
    natural=("id",),
    place="place",
    related=("indicator", "definition", "place", "county", "office"),
    refers=(INDICATORS, INDICATOR_DEFINITIONS, PLACES, OFFICES),
    read_only=True,
)
REPORTED_FIGURES = Resource(
    model=ReportedFigure,
    path="reported-figures",
    namespace="planning",
    table=ReportedTable,
    filters=ReportedFilter,
    fields=("indicator", "month", "place", "value", "office", "definition_said", "document"),
    natural=("id",),
    place="place",
    related=("indicator", "place", "office"),
    refers=(INDICATORS, PLACES, OFFICES),
)


class EntryForm(forms.Form):
    """One field for each indicator: what was reported of one place in one month; empty takes it back."""

    document = forms.CharField(label=_("Document"), max_length=120, required=False)

    def __init__(self, *given: Any, definitions: list[IndicatorDefinition], **more: Any) -> None:
        super().__init__(*given, **more)
        for one in definitions:
            self.fields[one.indicator.code] = forms.DecimalField(
                label=f"{one.indicator} ({unit_said(one.unit)})",
                required=False,
                max_digits=10,
                decimal_places=2,
                validators=[MinValueValidator(Decimal(0)), MaxValueValidator(MOST)],
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which place and month the form is about."""

    month: Month
    place: Place
    places: list[Place]


def entry(request: HttpRequest) -> HttpResponse:
    """What was reported by hand of one place in one month, all indicators on one sheet."""
    user = signed_in(request)
    if not granted_paths(user, REPORT):
        raise PermissionDenied
    asked = _asked(request, user)
    if asked is None:
        return render(request, "planning/reported_entry.html", {"form": None})
    definitions = definitions_on_form(asked.month)
    stored = _stored(user, asked)
    initial: dict[str, Any] = {code: one.value for code, one in stored.items()}
    initial["document"] = next((one.document for one in stored.values()), "")
    form = EntryForm(request.POST or None, definitions=definitions, initial=initial)
    if request.method == "POST" and form.is_valid():
        number = _keep(user, asked, definitions, stored, form.cleaned_data)
        messages.success(request, _text("%(count)s reported figures are recorded.") % {"count": number})
        return redirect(address(asked.month))
    context = {
        "form": form,
        "asked": asked,
        "month_said": month_said(asked.month),
        "import_url": _import_url(),
    }
    return render(request, "planning/reported_entry.html", context)


def definitions_on_form(month: Month) -> list[IndicatorDefinition]:
    """The indicators of that month."""
    found = IndicatorDefinition.objects.filter(starts__lte=month.first, indicator__archived=False)
    latest = {one.indicator_id: one for one in found.select_related("indicator").order_by("starts")}
    return sorted(latest.values(), key=lambda one: one.indicator.code)


def _asked(request: HttpRequest, user: User) -> Asked | None:
    """The first place of the account's where none is named; None where it has none."""
    levels = (Level.COUNTY, Level.TOWNSHIP)
    where = visible(Place.objects.filter(level__in=levels), user, REPORT, place="")
    places = list(where.order_by("level", "position", "code"))
    month = month_asked(request, month_of(timezone.localdate()).before)
    if not places:
        return None
    chosen = next((one for one in places if str(one.pk) == request.GET.get("place", "")), places[0])
    return Asked(month=month, place=chosen, places=places)


def _stored(user: User, asked: Asked) -> Mapping[str, ReportedFigure]:
    seen = visible(ReportedFigure.objects.all(), user, VIEW_REPORTED)
    found = seen.filter(place=asked.place, month=asked.month.first).select_related("indicator")
    return {one.indicator.code: one for one in found}


def _keep(
    user: User,
    asked: Asked,
    definitions: list[IndicatorDefinition],
    stored: Mapping[str, ReportedFigure],
    said: Mapping[str, Any],
) -> int:
    """Figures left empty that were there are taken away; the record of changes keeps them."""
    number = 0
    with acting(user.actor):
        for one in definitions:
            code, value = one.indicator.code, said[one.indicator.code]
            if value is None:
                if code in stored:
                    stored[code].delete()
                continue
            ReportedFigure.objects.update_or_create(
                indicator=one.indicator,
                month=asked.month.first,
                place=asked.place,
                defaults={"value": value, "document": said["document"], **_office(user, stored.get(code))},
            )
            number += 1
    return number


def _office(user: User, stored: ReportedFigure | None) -> Mapping[str, Any]:
    """Whose figure it is: the office of whoever enters it first."""
    return {"office": user.person.office} if user.person and stored is None else {}


def _import_url() -> str:
    return f"{REPORTED_FIGURES.list_url}import/"
