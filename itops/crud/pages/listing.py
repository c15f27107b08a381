"""The list of a resource: searched, filtered, sorted, paged, in the columns its reader has chosen."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_tables2 import RequestConfig, Table
from django_tables2.data import TableData

from itops.crud.lists import Choices, conditions
from itops.crud.resource import Resource
from itops.organisation.models import User
from itops.organisation.scope import signed_in

TICK = "tick"


def page(resource: Resource, request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    resource.demand(user, "view")
    everything = resource.visible(user)
    chosen = resource.filters(request.GET, queryset=everything, request=request)
    choices = Choices(request, user, resource)
    choices.remember()
    changes = resource.may_somewhere(user, "change")
    table = _table(resource, chosen.qs, choices, user, changes=changes)
    _paginate(request, table, choices.page_size)
    context = {
        "resource": resource,
        "table": table,
        "form": chosen.form,
        "columns": _columns(resource, choices.columns),
        "views": choices.views,
        "query": conditions(request.GET).urlencode(),
        "clear_url": request.path if any(chosen.form.changed_data) else "",
        "may_add": resource.may_somewhere(user, "add"),
        "may_change": changes,
    }
    return render(request, resource.template("list"), {**context, **_extra(resource, request, everything)})


def _extra(resource: Resource, request: HttpRequest, everything: QuerySet[Any]) -> Mapping[str, object]:
    return resource.extra(request, everything) if resource.extra else {}


def _table(resource: Resource, found: QuerySet[Any], choices: Choices, user: User, *, changes: bool) -> Table:
    rows = resource.rows(found, user) if resource.rows else Records(found, resource.related)
    hidden = [name for name in resource.table.base_columns if name not in choices.columns and name != TICK]
    return resource.table(rows, exclude=hidden if changes else [*hidden, TICK])


def _columns(resource: Resource, shown: Sequence[str]) -> list[tuple[str, object, bool, bool]]:
    usual = resource.usual or tuple(resource.table.base_columns)
    return [
        (name, column.verbose_name or name, name in shown, name in usual)
        for name, column in resource.table.base_columns.items()
        if name != TICK
    ]


def _paginate(request: HttpRequest, table: Table, size: int) -> None:
    """A page that does not exist shows the nearest one."""
    RequestConfig(request, paginate=False).configure(table)
    table.paginator = Paginator(table.rows, size)
    table.page = table.paginator.get_page(request.GET.get(table.prefixed_page_field))


class Records(TableData):  # type: ignore[misc]
    """Ids are chosen and ordered first; only those of one page are joined to what they refer to."""

    def __init__(self, found: QuerySet[Any], related: Sequence[str]) -> None:
        super().__init__(found)
        self.found, self.related = found, related
        self._length: int | None = None

    def __len__(self) -> int:
        if self._length is None:
            self._length = self.found.order_by().count()
        return self._length

    def __getitem__(self, key: slice) -> Sequence[Any]:
        ids = list(self.found.values_list("pk", flat=True)[key])
        together = self.found.model._default_manager.select_related(*self.related).in_bulk(ids)
        return [together[one] for one in ids if one in together]

    def order_by(self, aliases: Sequence[str]) -> None:
        names: list[str] = []
        for alias in aliases:
            column = self.table.columns[str(alias).removeprefix("-")]
            names += [
                str(accessor.opposite if str(alias).startswith("-") else accessor).replace(".", "__")
                for accessor in column.order_by
            ]
        if names:
            self.found = self.found.order_by(*names, "pk")
