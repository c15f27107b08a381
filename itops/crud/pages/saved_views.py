"""Saved views of a list: kept by name, shared with those who see the list, removed by their owner."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from itops.crud.lists import Choices, conditions
from itops.crud.models import SavedView
from itops.crud.resource import Resource
from itops.organisation.scope import signed_in


class ViewForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = SavedView
        fields = ("name", "shared", "query")

    name = forms.CharField(max_length=60)


def save(resource: Resource, request: HttpRequest) -> HttpResponse:
    """What is shown now, under a name; the same name again replaces one's own view."""
    user = signed_in(request)
    resource.demand(user, "view")
    form = ViewForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the view a name of at most 60 characters."))
        return redirect(resource.url("list"))
    query = QueryDict(form.cleaned_data["query"], mutable=True)
    sort = query.get("sort", "")
    kept = conditions(query)
    if sort:
        kept["sort"] = sort
    view, _new = SavedView.objects.update_or_create(
        owner=user,
        resource=resource.key,
        name=form.cleaned_data["name"].strip(),
        defaults={
            "query": kept.urlencode(),
            "shared": form.cleaned_data["shared"],
            "columns": list(Choices(request, user, resource).chosen),
        },
    )
    messages.success(request, _("The view “%(name)s” is kept.") % {"name": view.name})
    return redirect(f"{resource.url('list')}?{view.address}")


def drop(resource: Resource, request: HttpRequest, view: int) -> HttpResponse:
    """One's own only."""
    mine = get_object_or_404(SavedView, pk=view, owner=signed_in(request), resource=resource.key, name__gt="")
    mine.delete()
    messages.success(request, _("The view “%(name)s” is removed.") % {"name": mine.name})
    return redirect(resource.url("list"))
