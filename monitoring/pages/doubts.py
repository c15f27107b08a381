"""A person settles a doubt about what an endpoint is."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from inventory.actions.identity import settle
from inventory.models import Asset, Doubt
from itops.organisation.scope import demand, signed_in, visible

PERMISSION = "inventory.change_binding"


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """`rebind=1`: the endpoint is the asset that owns the serial number, or was replaced; else all stays as it is."""
    user = signed_in(request)
    waiting = visible(
        Doubt.objects.filter(settled=None), user, "inventory.view_doubt", place="endpoint__place"
    )
    doubt = get_object_or_404(waiting.select_related("endpoint__place", "endpoint__network"), pk=pk)
    demand(user, PERMISSION, doubt.endpoint.place)
    rebind = request.POST.get("rebind") == "1"
    if rebind and doubt.sort != Doubt.Sort.REPLACED:
        owner = get_object_or_404(Asset.objects.select_related("place"), pk=doubt.detail.get("owner") or 0)
        demand(user, PERMISSION, owner.place)
    settle(doubt, rebind=rebind, by=str(user)[:60])
    messages.success(request, _("Settled. The history before today stays as it was."))
    return redirect("monitoring:overview")
