"""Pages of money: where it comes from, what it may be spent on, what remedies cost."""

from collections.abc import Mapping
from typing import Any

import django_filters as filters
import django_tables2 as tables
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from inventory.models.catalogue import KIND_CHOICES
from itops.crud.filters import ArchivableFilter, RecordFilter
from itops.crud.resource import Panel, Resource
from itops.crud.tables import NameColumn, RecordTable, YesColumn
from itops.organisation.scope import granted_paths, signed_in
from planning.models import FundingSource, PermittedCategory, RemedyTerms, SourceType
from planning.money.wording import in_row


class YuanColumn(tables.Column):  # type: ignore[misc]
    """Fen as yuan, to the right."""

    def __init__(self, **options: Any) -> None:
        css = {"class": "num"}
        super().__init__(attrs={"td": css, "th": css}, **options)

    def render(self, value: int) -> str:
        return in_row(value)


class FundingSourceTable(RecordTable):
    name = NameColumn("planning:fundingsource")
    limit_fen = YuanColumn(verbose_name=_("amount in yuan"))
    match_bp = tables.Column(verbose_name=_("matching share"))
    archived = YesColumn()

    class Meta(RecordTable.Meta):
        model = FundingSource
        fields = ("name", "type", "document", "year", "limit_fen", "match_bp", "matched_by", "archived")

    def render_match_bp(self, record: FundingSource) -> str:
        return record.match


class FundingSourceFilter(ArchivableFilter):
    searched = ("name", "document")

    year = filters.NumberFilter(label=_("Year"))
    type = filters.ChoiceFilter(label=_("Type"), choices=SourceType.choices)

    class Meta:
        model = FundingSource
        fields: tuple[str, ...] = ()


class PermittedCategoryTable(RecordTable):
    category = NameColumn("planning:permittedcategory")

    class Meta(RecordTable.Meta):
        model = PermittedCategory
        fields = ("category", "source")


class PermittedCategoryFilter(RecordFilter):
    searched = ("source__name", "source__document")

    category = filters.ChoiceFilter(label=_("Category"), choices=KIND_CHOICES)

    class Meta:
        model = PermittedCategory
        fields: tuple[str, ...] = ()


class RemedyTermsTable(RecordTable):
    kind = NameColumn("planning:remedyterms")
    price_fen = YuanColumn(verbose_name=_("price"))
    price_cap_fen = YuanColumn(verbose_name=_("price cap"))
    upkeep_fen = YuanColumn(verbose_name=_("upkeep a year"))
    repair_fen = YuanColumn(verbose_name=_("repair cost"))
    upgrade_fen = YuanColumn(verbose_name=_("upgrade of the system"))
    freight_fen = YuanColumn(verbose_name=_("freight"))

    class Meta(RecordTable.Meta):
        model = RemedyTerms
        fields = (
            "kind",
            "price_fen",
            "price_cap_fen",
            "upkeep_fen",
            "repair_fen",
            "upgrade_fen",
            "freight_fen",
        )


class RemedyTermsFilter(RecordFilter):
    searched = ("kind",)

    kind = filters.ChoiceFilter(label=_("Kind"), choices=KIND_CHOICES)

    class Meta:
        model = RemedyTerms
        fields: tuple[str, ...] = ()


def use_of_source(request: HttpRequest, source: FundingSource) -> Mapping[str, object] | None:
    """How much of it is given out, and what it is for."""
    if not granted_paths(signed_in(request), "planning.view_ledgerline"):
        return None
    allocated = source.allocated_fen()
    return {
        "allocated": in_row(allocated),
        "left": in_row(source.limit_fen - allocated),
        "categories": [one.get_category_display() for one in source.categories.all()],
    }


FUNDING_SOURCES = Resource(
    model=FundingSource,
    path="funding-sources",
    namespace="planning",
    table=FundingSourceTable,
    filters=FundingSourceFilter,
    fields=("name", "type", "document", "year", "limit_fen", "match_bp", "matched_by", "note"),
    templates={"list": "planning/list.html"},
    natural=("name", "document"),
    place=None,
    usual=("name", "type", "document", "year", "limit_fen", "match_bp"),
    related=("matched_by",),
    panels=(Panel("planning/source_panel.html", use_of_source),),
)
PERMITTED_CATEGORIES = Resource(
    model=PermittedCategory,
    path="permitted-categories",
    namespace="planning",
    table=PermittedCategoryTable,
    filters=PermittedCategoryFilter,
    fields=("source", "category"),
    natural=("category",),
    place=None,
    related=("source",),
    refers=(FUNDING_SOURCES,),
)
REMEDY_TERMS = Resource(
    model=RemedyTerms,
    path="remedy-costs",
    namespace="planning",
    table=RemedyTermsTable,
    filters=RemedyTermsFilter,
    fields=(
        *("kind", "price_fen", "price_cap_fen", "upkeep_fen", "repair_fen", "upgrade_fen", "freight_fen"),
        *("train_fen", "connect_fen", "missing_points", "outdated_points", "unused_points"),
    ),
    templates={"list": "planning/list.html"},
    natural=("kind",),
    place=None,
)
