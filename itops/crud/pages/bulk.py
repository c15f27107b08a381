"""Many records at once: ticks say which fields change; all or nothing, with the reasons beside the fields."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_stubs_ext import StrOrPromise

from itops.audit.wording import without_unit
from itops.crud.forms import field_for
from itops.crud.lists import conditions
from itops.crud.many import change_many
from itops.crud.resource import Resource
from itops.crud.several import Several, several
from itops.database.actor import because
from itops.organisation.models import User
from itops.organisation.scope import granted_paths, signed_in

MOST_SHOWN = 20
CARRIED_OUT = {"save": "edit", "archive_now": "archive", "unarchive_now": "unarchive"}
M2M_WAYS = [
    ("add", gettext_lazy("add these")),
    ("remove", gettext_lazy("take these away")),
    ("replace", gettext_lazy("these and no others")),
]


@dataclass(frozen=True, slots=True)
class Selection:
    """Which records are meant: those ticked, or all that meet the list's conditions."""

    found: QuerySet[Any]
    count: int
    keys: Sequence[str]
    query: str
    everything: bool


def page(resource: Resource, request: HttpRequest) -> HttpResponse:
    """`action`: edit, archive or unarchive, asked by the list; save, archive_now or unarchive_now carry it out."""
    user = signed_in(request)
    resource.demand(user, "change")
    chosen = selection(resource, request, user)
    if not chosen.count:
        messages.error(request, _("Nothing was ticked, so nothing was changed."))
        return redirect(resource.url("list"))
    action = _asked(request, chosen)
    if action in {"archive_now", "unarchive_now"} and resource.archives:
        return _archive(resource, request, chosen, archived=action == "archive_now")
    if action in {"archive", "unarchive"} and resource.archives:
        return _ask(resource, request, chosen, action)
    form = bulk_form(resource, user)(request.POST if action == "save" else None)
    if action == "save" and form.is_valid():
        return _save(resource, request, chosen, form, user)
    return _show(resource, request, chosen, form)


def _asked(request: HttpRequest, chosen: Selection) -> str:
    """What is to be done: of "all that match", only with as many as its reader was shown."""
    action = request.POST.get("action", "edit")
    shown = request.POST.get("count", str(chosen.count))
    if not chosen.everything or action not in CARRIED_OUT or shown == str(chosen.count):
        return action
    messages.warning(request, _("Nothing was changed: by now other records match. Look at them again."))
    return CARRIED_OUT[action]


def selection(resource: Resource, request: HttpRequest, user: User) -> Selection:
    """Only what the account may change counts; a record out of reach raises PermissionDenied."""
    seen, given = resource.visible(user), request.POST
    everything, query = given.get("all_matching") == "1", given.get("query", "")
    if everything:
        meant = resource.filters(QueryDict(query), queryset=seen, request=request).qs
    else:
        meant = seen.filter(pk__in=[key for key in given.getlist("pk") if key.isdecimal()])
    keys = list(meant.order_by().values_list("pk", flat=True))
    changeable = resource.visible(user, "change").filter(pk__in=keys)
    if changeable.count() != len(keys):
        raise PermissionDenied
    return Selection(
        changeable, len(keys), [] if everything else [str(key) for key in keys], query, everything
    )


class BulkForm(forms.Form):
    """`needed`: what may stay unticked, but not be emptied."""

    needed: tuple[str, ...] = ()

    def clean(self) -> None:
        given = self.cleaned_data
        for name in self.needed:
            if given[f"change_{name}"] and given.get(name) in (None, ""):
                self.add_error(name, self.fields[name].error_messages["required"])


def bulk_form(resource: Resource, user: User) -> type[forms.Form]:
    """For each field of `bulk` a tick and its value; for many-to-many what to do with them."""
    fields: dict[str, forms.Field] = {}
    needed = []
    for name in resource.bulk:
        model_field: Any = resource.model._meta.get_field(name)
        value = None if model_field.many_to_many else field_for(model_field, resource, user)
        if value is None:
            continue
        if value.required:
            needed.append(name)
        value.required = False
        fields[f"change_{name}"] = _tick(without_unit(str(model_field.verbose_name), name))
        fields[name] = value
    for one in _several(resource, user):
        fields[f"change_{one.name}"] = _tick(one.said)
        fields[f"way_{one.name}"] = forms.ChoiceField(choices=M2M_WAYS, required=False, label=_("How"))
        fields[one.name] = forms.ModelMultipleChoiceField(
            one.to._default_manager.all(),
            label=one.label,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
    fields["change_reason"] = forms.CharField(
        label=_("Reason for the change"),
        max_length=200,
        required=False,
        help_text=_("Stands in the change record."),
    )
    return type("BulkForm", (BulkForm,), {**fields, "needed": tuple(needed)})


def _tick(name: StrOrPromise) -> forms.BooleanField:
    """`name` stands within a sentence: what a model calls its field."""
    return forms.BooleanField(required=False, label=name)


def _several(resource: Resource, user: User) -> list[Several]:
    """Tags, and those many-to-many fields that may change for many at once, where there is anything to choose."""
    return [
        one
        for one in several(resource)
        if (one.name in resource.bulk or (one.change and granted_paths(user, one.change)))
        and one.to._default_manager.exists()
    ]


def _names(form: forms.Form) -> list[str]:
    """The fields that have a tick."""
    ticks = (name.removeprefix("change_") for name in form.fields if name.startswith("change_"))
    return [name for name in ticks if name in form.fields]


def _save(
    resource: Resource, request: HttpRequest, chosen: Selection, form: forms.Form, user: User
) -> HttpResponse:
    names = [name for name in _names(form) if form.cleaned_data[f"change_{name}"]]
    if not names:
        form.add_error(None, _("Tick the fields that are to change."))
        return _show(resource, request, chosen, form)
    values = {name: form.cleaned_data[name] for name in names}
    ways = {name: form.cleaned_data[f"way_{name}"] or "add" for name in names if f"way_{name}" in form.fields}
    try:
        with because(form.cleaned_data["change_reason"]):
            changed = change_many(resource, chosen.found, values, ways, by=user)
    except ValidationError as refused:
        form.add_error(None, refused)
        return _show(resource, request, chosen, form)
    said = ngettext("%(n)s record changed.", "%(n)s records changed.", changed) % {"n": changed}
    messages.success(request, said)
    return redirect(f"{resource.url('list')}?{conditions(QueryDict(chosen.query)).urlencode()}")


def _archive(resource: Resource, request: HttpRequest, chosen: Selection, *, archived: bool) -> HttpResponse:
    with because(request.POST.get("reason", "")), transaction.atomic():
        changed = chosen.found.filter(archived=not archived).update(archived=archived)
    said = (
        ngettext("%(n)s record archived.", "%(n)s records archived.", changed)
        if archived
        else ngettext("%(n)s record back from the archive.", "%(n)s records back from the archive.", changed)
    )
    messages.success(request, said % {"n": changed})
    return redirect(resource.url("list"))


def _ask(resource: Resource, request: HttpRequest, chosen: Selection, action: str) -> HttpResponse:
    context = {"resource": resource, "chosen": chosen, "some": chosen.found[:MOST_SHOWN], "action": action}
    return render(request, "crud/bulk_archive.html", context)


def _show(resource: Resource, request: HttpRequest, chosen: Selection, form: forms.Form) -> HttpResponse:
    rows = [
        (form[f"change_{name}"], form[f"way_{name}"] if f"way_{name}" in form.fields else None, form[name])
        for name in _names(form)
    ]
    context = {
        "resource": resource,
        "chosen": chosen,
        "some": chosen.found[:MOST_SHOWN],
        "form": form,
        "rows": rows,
    }
    return render(request, "crud/bulk_edit.html", context, status=422 if form.is_bound else 200)
