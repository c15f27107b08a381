"""The list of a resource: searched, filtered, sorted, paged, in the columns its reader has chosen."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django_tables2 import Table

from itops.crud.lists import Choices, conditions
from itops.crud.own_columns import by_own_field, filled, key_of
from itops.crud.paging import page_of, records
from itops.crud.personal import note_many
from itops.crud.resource import Resource
from itops.crud.rows import Fetched
from itops.organisation.models import User
from itops.organisation.scope import signed_in

TICK = "tick"


def page(resource: Resource, request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    resource.demand(user, "view")
    everything = resource.visible(user)
    chosen = resource.filters(request.GET, queryset=everything, request=request)
    choices = Choices(request, user, resource, chosen.own)
    choices.remember()
    changes = resource.writes(user, "change")
    shown = table(resource, chosen.qs, choices, ticks=changes)
    note_many(resource, request, len(shown.page.keys))
    context = {
        "resource": resource,
        "table": shown,
        "form": chosen.form,
        "columns": columns(resource, choices.columns),
        "views": choices.views,
        "saved": choices.saved,
        "query": conditions(request.GET).urlencode(),
        "clear_url": request.path if any(chosen.form.changed_data) else "",
        "may_add": resource.writes(user, "add"),
        "may_change": changes,
    }
    return render(request, resource.template("list"), {**context, **_extra(resource, request, everything)})


def table(
    resource: Resource,
    found: QuerySet[Any],
    choices: Choices,
    *,
    ticks: bool,
    known: Callable[[], int | None] = lambda: None,
    at_least: int = 0,
) -> Table:
    """One page of the list: its keys are chosen and ordered first, only they are joined to what they refer to.

    `known`: how many are found, where that is known without counting; `at_least`: how many there are for certain, and
    to count on is not worth it.
    """
    alias = order_of(resource, choices.request.GET.get("sort", ""))
    asked = choices.request.GET.get("page", "")
    shown = page_of(ordered(resource, found, alias), asked, choices.page_size, known=known, at_least=at_least)
    hidden = [name for name in resource.table.base_columns if name not in choices.columns and name != TICK]
    made = resource.table(
        Fetched(fetched(resource, shown.keys, choices.user)),
        order_by=alias,
        exclude=hidden if ticks else [*hidden, TICK],
        extra_columns=filled(resource, choices.more_columns, shown.keys, choices.user),
    )
    for column in made.columns.iterall():
        if column.column.verbose_name is None:
            column.column.verbose_name = capfirst(str(_heading(resource, column.name)))
    made.page = shown
    made.more = [(name, label, name in choices.more_columns, False) for name, label in choices.more.items()]
    return made


def order_of(resource: Resource, asked: str) -> str:
    """The column to sort by ("-name": downwards): the one asked for if it can be, else the resource's own."""
    alias = asked.split(",")[0]
    if key_of(resource, alias.removeprefix("-")):
        return alias
    column = resource.table.base_columns.get(alias.removeprefix("-"))
    return alias if column is not None and column.orderable is not False else resource.order


def ordered(resource: Resource, found: QuerySet[Any], alias: str) -> QuerySet[Any]:
    """In the order of a column, and always in some order that is whole: equals are told apart by their key."""
    if key := key_of(resource, alias.removeprefix("-")):
        return found.order_by(by_own_field(key, down=alias.startswith("-")), "pk")
    if resource.ordered is not None:
        return resource.ordered(found, alias)
    if not alias:
        return found.order_by(*found.model._meta.ordering, "pk")
    down, name = alias.startswith("-"), alias.removeprefix("-")
    accessors = resource.table.base_columns[name].order_by or (name,)
    names = [str(one).replace(".", "__") for one in accessors]
    return found.order_by(*(f"-{one}" if down else one for one in names), "pk")


def fetched(resource: Resource, keys: Sequence[int], user: User) -> Sequence[Any]:
    if resource.fetch is not None:
        return resource.fetch(keys, user)
    return records(resource.model, resource.related, keys)


def _extra(resource: Resource, request: HttpRequest, everything: QuerySet[Any]) -> Mapping[str, object]:
    return resource.extra(request, everything) if resource.extra else {}


def columns(resource: Resource, shown: Sequence[str]) -> list[tuple[str, object, bool, bool]]:
    """(name, heading, shown, shown at first) of each column that can be chosen."""
    usual = resource.usual or tuple(resource.table.base_columns)
    return [
        (name, capfirst(str(_heading(resource, name))), name in shown, name in usual)
        for name in resource.table.base_columns
        if name != TICK
    ]


def _heading(resource: Resource, name: str) -> object:
    given = resource.table.base_columns[name].verbose_name
    known = {field.name: field for field in resource.model._meta.fields}
    return given if given is not None else (known[name].verbose_name if name in known else name)
