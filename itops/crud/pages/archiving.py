"""Archiving, taking back from the archive, and deleting: the last for a mistaken entry without history alone."""

from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from itops.crud.history import delete as delete_records
from itops.crud.history import references_among
from itops.crud.resource import Resource
from itops.database.actor import because
from itops.organisation.scope import signed_in


def archive(resource: Resource, request: HttpRequest, pk: int) -> HttpResponse:
    return _set_archived(resource, request, pk, archived=True)


def unarchive(resource: Resource, request: HttpRequest, pk: int) -> HttpResponse:
    return _set_archived(resource, request, pk, archived=False)


def delete(resource: Resource, request: HttpRequest, pk: int) -> HttpResponse:
    """Refused with what still refers to it, so that nothing that happened disappears."""
    user = signed_in(request)
    instance = get_object_or_404(resource.visible(user), pk=pk)
    resource.demand(user, "delete", instance)
    history = references_among(resource, [pk]).get(pk, ())
    if request.method != "POST" or history:
        return render(
            request,
            "crud/delete.html",
            {"resource": resource, "instance": instance, "history": history},
            status=409 if request.method == "POST" else 200,
        )
    said = str(instance)
    try:
        with because(request.POST.get("reason", "")), transaction.atomic():
            delete_records(resource, [pk])
    except IntegrityError:
        messages.error(request, _("%(name)s is not deleted: other records rest on it.") % {"name": said})
        return redirect(resource.url("", pk))
    messages.success(request, _("%(name)s is deleted.") % {"name": said})
    return redirect(resource.url("list"))


def _set_archived(resource: Resource, request: HttpRequest, pk: int, *, archived: bool) -> HttpResponse:
    try:
        return _archived(resource, request, pk, archived=archived)
    except IntegrityError:
        messages.error(request, _("It stays as it is: other records rest on that."))
        return redirect(resource.url("", pk))


def _archived(resource: Resource, request: HttpRequest, pk: int, *, archived: bool) -> HttpResponse:
    user = signed_in(request)
    with transaction.atomic():
        instance: Any = get_object_or_404(resource.visible(user).select_for_update(of=("self",)), pk=pk)
        resource.demand(user, "change", instance)
        if request.method != "POST":
            return render(request, "crud/archive.html", {"resource": resource, "instance": instance})
        instance.archived = archived
        with because(request.POST.get("reason", "")):
            instance.save(update_fields=["archived"])
    said = _("%(name)s is archived.") if archived else _("%(name)s is back from the archive.")
    messages.success(request, said % {"name": instance})
    return redirect(resource.url("", pk))
