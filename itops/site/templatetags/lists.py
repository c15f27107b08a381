"""`{% load lists %}`: heads, cells and pages of a table, and addresses that keep the reader's conditions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django import template
from django.core.paginator import Page
from django.http import HttpRequest
from django_tables2 import Table
from django_tables2.columns import BoundColumn
from django_tables2.rows import BoundRow

register = template.Library()

PAGE_SIZES = (25, 50, 100)


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head: `sort_url` is empty where the column cannot be sorted by."""

    label: str
    css: str
    sort_url: str
    aria_sort: str


@dataclass(frozen=True, slots=True)
class Pages:
    """The foot of a table. `capped`: there are more than were counted."""

    first: int
    last: int
    count: int
    capped: bool
    previous_url: str
    next_url: str
    sizes: Sequence[tuple[int, str, bool]]


@register.simple_tag(takes_context=True)
def heads(context: template.Context, table: Table) -> list[Head]:
    """The heads of a table's visible columns."""
    return [_head(context["request"], table, column) for column in table.columns]


@register.filter
def beside(row: BoundRow, columns: Sequence[Head]) -> Iterator[tuple[str, object]]:
    """A row's cells with their column's class."""
    return zip((head.css for head in columns), row, strict=True)


@register.simple_tag(takes_context=True)
def pages(context: template.Context, table: Table) -> Pages | None:
    """Where the reader is, and the addresses of the pages before and after; None for a table on one page."""
    page = getattr(table, "page", None)
    return _pages(context["request"], table, page) if page is not None else None


@register.filter
def address(request: HttpRequest, change: str) -> str:
    """The address of this page with one condition changed: `request|address:"page=2"`; `"page="` drops it."""
    name, _, value = change.partition("=")
    return with_query(request, **{name: value})


def with_query(request: HttpRequest, **changes: str | int | None) -> str:
    """`?…` of this request with some conditions changed; empty ones are dropped."""
    query = request.GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value not in {None, ""}:
            query[name] = str(value)
    return f"?{query.urlencode()}"


def _head(request: HttpRequest, table: Table, column: BoundColumn) -> Head:
    css = column.column.attrs.get("td", {}).get("class", "")
    if not column.orderable:
        return Head(str(column.header), css, "", "")
    alias = column.order_by_alias
    changes = {table.prefixed_order_by_field: str(alias.next), table.prefixed_page_field: None}
    direction = ("descending" if alias.is_descending else "ascending") if column.is_ordered else ""
    return Head(str(column.header), css, with_query(request, **changes), direction)


def _pages(request: HttpRequest, table: Table, page: Page[object]) -> Pages:
    here, size = table.prefixed_page_field, table.prefixed_per_page_field
    count = page.paginator.count
    return Pages(
        first=page.start_index(),
        last=page.end_index(),
        count=count,
        capped=getattr(page.paginator, "capped", False),
        previous_url=with_query(request, **{here: page.number - 1}) if page.has_previous() else "",
        next_url=with_query(request, **{here: page.number + 1}) if page.has_next() else "",
        sizes=[
            (choice, with_query(request, **{size: choice, here: None}), choice == page.paginator.per_page)
            for choice in PAGE_SIZES
            if count > PAGE_SIZES[0]
        ],
    )
