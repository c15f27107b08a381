"""Figures of systems as resources, and what is counted how."""

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from inventory.models import BusinessSystem, StatisticalDefinition, SystemFigure
from inventory.pages.mismatches import explanations_of
from inventory.pages.systems import BUSINESS_SYSTEMS, NumberColumn, WideColumn
from itops.crud.directory import OFFICES, townships
from itops.crud.filters import ArchivableFilter, RecordFilter
from itops.crud.resource import Panel, Resource
from itops.crud.tables import DayColumn, NameColumn, RecordTable, YesColumn
from itops.organisation.models import Place


class StatisticalDefinitionTable(RecordTable):
    name = NameColumn("inventory:statisticaldefinition")
    archived = YesColumn()

    class Meta(RecordTable.Meta):
        model = StatisticalDefinition
        fields = ("name", "unit", "definition", "archived")


class StatisticalDefinitionFilter(ArchivableFilter):
    searched = ("name", "unit", "definition")

    class Meta:
        model = StatisticalDefinition
        fields: tuple[str, ...] = ()


class SystemFigureTable(RecordTable):
    definition = NameColumn("inventory:systemfigure")
    starts, ends = DayColumn(attrs=WideColumn.attrs), DayColumn()
    value = NumberColumn()

    class Meta(RecordTable.Meta):
        model = SystemFigure
        fields = ("definition", "starts", "ends", "office", "system", "value")


class SystemFigureFilter(RecordFilter):
    searched = ("definition__name", "system__name", "office__name", "office__place__name", "note")

    place = filters.ModelChoiceFilter(label=_("Township"), queryset=townships, method="by_place")
    system = filters.ModelChoiceFilter(label=_("Business system"), queryset=BusinessSystem.objects.all())
    definition = filters.ModelChoiceFilter(
        label=_("Statistical definition"), queryset=StatisticalDefinition.objects.all()
    )

    class Meta:
        model = SystemFigure
        fields: tuple[str, ...] = ()

    def by_place(self, queryset: QuerySet[SystemFigure], name: str, value: Place) -> QuerySet[SystemFigure]:
        return queryset.filter(office__place__path__under=value.path)


STATISTICAL_DEFINITIONS = Resource(
    model=StatisticalDefinition,
    path="statistical-definitions",
    namespace="inventory",
    table=StatisticalDefinitionTable,
    filters=StatisticalDefinitionFilter,
    fields=("name", "unit", "definition"),
    natural=("name",),
    place=None,
)
SYSTEM_FIGURES = Resource(
    model=SystemFigure,
    path="system-figures",
    namespace="inventory",
    table=SystemFigureTable,
    filters=SystemFigureFilter,
    fields=("definition", "system", "office", "starts", "ends", "value", "note"),
    natural=("value",),
    place="office__place",
    related=("definition", "system", "office__place"),
    refers=(STATISTICAL_DEFINITIONS, BUSINESS_SYSTEMS, OFFICES),
    tells_of=("system",),
    panels=(Panel("inventory/explanations_panel.html", explanations_of),),
)
