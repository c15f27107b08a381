"""Adding, editing and cloning a record. Of two people who edit the same thing the second is told, nothing is lost."""

from typing import Any

from django.contrib import messages
from django.db import IntegrityError, models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from itops.crud.forms import RecordForm, record_form
from itops.crud.pages.detail import said
from itops.crud.personal import note_one
from itops.crud.resource import Resource
from itops.crud.versions import locked, version_of, with_version
from itops.database.actor import because
from itops.organisation.scope import signed_in


def add(resource: Resource, request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    resource.demand(user, "add")
    form_class = record_form(resource, user)
    if request.method != "POST":
        return _show(resource, request, form_class(initial=request.GET.dict()))
    form = form_class(request.POST)
    if not form.is_valid():
        return _show(resource, request, form)
    resource.demand(user, "add", form.instance)
    return _saved(resource, request, form)


def clone(resource: Resource, request: HttpRequest, pk: int) -> HttpResponse:
    """The form to add one, filled in from another; what only that one has is left empty."""
    user = signed_in(request)
    source = get_object_or_404(resource.visible(user), pk=pk)
    resource.demand(user, "add")
    form = record_form(resource, user)
    initial = {
        name: value
        for name, value in models_to_values(source, list(form().fields)).items()
        if name not in resource.distinguishing and not _unique(resource, name)
    }
    return _show(resource, request, form(initial=initial), action=resource.url("add"))


def edit(resource: Resource, request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    form_class = record_form(resource, user)
    if request.method != "POST":
        instance = get_object_or_404(with_version(resource.visible(user)), pk=pk)
        resource.demand(user, "change", instance)
        note_one(resource, request, instance)
        form = form_class(instance=instance, initial={"version": version_of(instance)})
        return _show(resource, request, form)
    with transaction.atomic():
        instance = locked(resource.visible(user), pk)
        if instance is None:
            raise Http404
        resource.demand(user, "change", instance)
        seen, now = request.POST.get("version", ""), version_of(instance)
        form = form_class(request.POST, instance=instance)
        if seen != now:
            return _changed_meanwhile(resource, request, form, pk, now)
        if not form.is_valid():
            return _show(resource, request, form)
        resource.demand(user, "change", form.instance)
        return _saved(resource, request, form)


def _saved(resource: Resource, request: HttpRequest, form: RecordForm) -> HttpResponse:
    try:
        with because(form.cleaned_data.get("change_reason", "")), transaction.atomic():
            instance = form.save()
    except IntegrityError:
        form.add_error(
            None, _("It does not fit what somebody else has recorded meanwhile. Nothing was saved.")
        )
        return _show(resource, request, form)
    messages.success(request, _("%(name)s is saved.") % {"name": instance})
    if "another" in request.POST:
        return redirect(resource.url("add"))
    return redirect(resource.url("", instance.pk))


def _changed_meanwhile(
    resource: Resource, request: HttpRequest, form: RecordForm, pk: int, now: str
) -> HttpResponse:
    """What the reader typed stays in the form; beside it stands what the record says now."""
    current = resource.model._default_manager.get(pk=pk)
    known = models_to_values(current, list(form.fields))
    form.is_valid()
    differing = [
        (form.fields[name].label, said(resource.model._meta.get_field(name), current))
        for name in type(form)(request.POST, instance=current).changed_data
        if name in known
    ]
    typed = request.POST.copy()
    typed["version"] = now
    form.data = typed
    return _show(resource, request, form, differing=differing, instance=current, status=409)


def _show(
    resource: Resource, request: HttpRequest, form: RecordForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"resource": resource, "form": form, "instance": form.instance if form.instance.pk else None}
    if form.is_bound and form.errors and status == 200:
        status = 422
    return render(request, resource.template("edit"), {**context, **more}, status=status)


def models_to_values(instance: models.Model, names: list[str]) -> dict[str, Any]:
    """The fields' values as a form takes them."""
    known = {field.name: field for field in (*instance._meta.fields, *instance._meta.many_to_many)}
    return {name: known[name].value_from_object(instance) for name in names if name in known}


def _unique(resource: Resource, name: str) -> bool:
    found = {field.name: field for field in resource.model._meta.fields}.get(name)
    return bool(found is not None and found.unique)
