"""One record: what is recorded of it, what refers to it, and the panels that other parts of the program add."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from itops.audit.panel import changes_panel
from itops.audit.wording import without_unit
from itops.crud.figures import NamedFigures
from itops.crud.forms import label_of
from itops.crud.own_columns import has_own
from itops.crud.personal import note_one
from itops.crud.resource import Resource
from itops.extras.panel import own_values
from itops.organisation.models import User
from itops.organisation.scope import signed_in


@dataclass(frozen=True, slots=True)
class Shown:
    """A field as its page shows it; `url` leads to the record it names."""

    label: str
    text: str
    url: str = ""


def page(resource: Resource, request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    instance = get_object_or_404(resource.visible(user).select_related(*resource.related), pk=pk)
    note_one(resource, request, instance)
    context = {
        "resource": resource,
        "instance": instance,
        "fields": list(shown_fields(resource, instance, user)),
        "allowed": actions(resource, user, instance),
        "panels": panels(resource, request, instance),
        "changes": changes_panel(user, instance),
    }
    return render(request, resource.template("detail"), context)


def actions(resource: Resource, user: User, instance: models.Model) -> Sequence[str]:
    """Which buttons the page has: names of the resource's pages."""
    if resource.read_only:
        return ["edit"] if "edit" in resource.overrides and resource.may(user, "change", instance) else []
    archived = getattr(instance, "archived", False)
    found = []
    if resource.may(user, "change", instance):
        found += ["edit"] if not archived else []
        found += [("unarchive" if archived else "archive")] if resource.archives else []
    if resource.may(user, "add", instance) and not archived:
        found.append("clone")
    if resource.may(user, "delete", instance):
        found.append("delete")
    return found


def panels(resource: Resource, request: HttpRequest, instance: models.Model) -> list[SafeString]:
    """The resource's panels, as HTML."""
    shown = ((panel, panel.shows(request, instance)) for panel in resource.panels)
    return [
        render_to_string(panel.template, {**context, "resource": resource, "instance": instance}, request)
        for panel, context in shown
        if context is not None
    ]


def shown_fields(resource: Resource, instance: models.Model, user: User) -> Iterator[Shown]:
    """Every field of the resource, in its order; what is empty too, so that it is seen to be empty."""
    for name in resource.fields:
        field = resource.model._meta.get_field(name)
        label = without_unit(str(getattr(field, "verbose_name", name)), name)
        yield Shown(label[:1].upper() + label[1:], said(field, instance), _address(resource, field, instance))
    if has_own(resource.model):
        yield from (Shown(label, text) for label, text in own_values(instance, user))


def said(field: Any, instance: Any) -> str:
    """A value as people read it."""
    if field.many_to_many:
        return _(", ").join(str(one) for one in getattr(instance, field.name).all())
    value = getattr(instance, field.name)
    if getattr(field, "choices", None):
        return str(getattr(instance, f"get_{field.name}_display")()) if value not in (None, "") else ""
    if isinstance(value, int) and "fen" in field.name.split("_"):
        return _("%(amount)s yuan") % {"amount": f"{value / 100:,.2f}"}
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date | time):
        return _moment(value)
    if isinstance(field, NamedFigures):
        return field.in_words(value)
    return "" if value is None else str(value)


def _moment(value: date | time) -> str:
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    return f"{value:%Y-%m-%d}"


def _address(resource: Resource, field: Any, instance: Any) -> str:
    if not isinstance(field, models.ForeignKey):
        return ""
    target, key = (
        resource.referred.get(label_of(field)),
        field.value_from_object(instance),
    )
    return target.url("", key) if target is not None and key is not None else ""
