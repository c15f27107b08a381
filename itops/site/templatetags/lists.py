"""`{% load lists %}`: heads, cells and pages of a table, and addresses that keep the reader's conditions."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django import template
from django.core.paginator import Page
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django_tables2 import Table
from django_tables2.columns import BoundColumn

from itops.crud.paging import KeyPage
from itops.crud.rows import body

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
    """The foot of a table. `capped`: there are more than were counted; `first` is None at such a list's end."""

    first: int | None
    last: int | None
    shown: int
    count: int
    capped: bool
    previous_url: str
    next_url: str
    last_url: str
    sizes: Sequence[tuple[int, str, bool]]


@register.simple_tag(takes_context=True)
def heads(context: template.Context, table: Table) -> list[Head]:
    """The heads of a table's visible columns."""
    return [_head(context["request"], table, column) for column in table.columns]


@register.simple_tag
def rows(table: Table) -> SafeString:
    """The page's rows with all their cells."""
    return body(table)


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
    kept = [(name, values) for name, values in request.GET.lists() if name not in changes]
    new = [(name, [str(value)]) for name, value in changes.items() if value not in {None, ""}]
    return f"?{urlencode([*kept, *new], doseq=True)}"


def _head(request: HttpRequest, table: Table, column: BoundColumn) -> Head:
    css = column.column.attrs.get("td", {}).get("class", "")
    header = column.header
    label = header if isinstance(header, SafeString) else capfirst(str(header))
    if not column.orderable:
        return Head(label, css, "", "")
    alias = column.order_by_alias
    changes = {table.prefixed_order_by_field: str(alias.next), table.prefixed_page_field: None}
    direction = ("descending" if alias.is_descending else "ascending") if column.is_ordered else ""
    return Head(label, css, with_query(request, **changes), direction)


def _pages(request: HttpRequest, table: Table, page: "KeyPage | Page[object]") -> Pages:
    here, size = table.prefixed_page_field, table.prefixed_per_page_field
    at = page if isinstance(page, KeyPage) else _key_page(page)
    return Pages(
        first=at.first,
        last=at.last,
        shown=len(at.keys),
        count=at.count,
        capped=at.capped,
        previous_url=with_query(request, **{here: at.number - 1}) if at.has_previous else "",
        next_url=with_query(request, **{here: at.number + 1}) if at.has_next else "",
        last_url=with_query(request, **{here: -1}) if at.has_next else "",
        sizes=[
            (choice, with_query(request, **{size: choice, here: None}), choice == at.size)
            for choice in PAGE_SIZES
            if at.count > PAGE_SIZES[0]
        ],
    )


def _key_page(page: Page[object]) -> KeyPage:
    return KeyPage(
        keys=list(page),
        number=page.number,
        size=page.paginator.per_page,
        start=max(page.start_index() - 1, 0),
        count=page.paginator.count,
        capped=False,
        has_next=page.has_next(),
    )
