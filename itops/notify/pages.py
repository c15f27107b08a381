"""Webhooks: which there are, what each was told and answered, and telling it again."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from itops.audit.models import Action
from itops.notify import actions
from itops.notify.forms import WebhookForm
from itops.notify.models import SORTS, Delivery, Webhook
from itops.notify.wording import reason
from itops.organisation.models import User
from itops.organisation.scope import demand, demand_somewhere, granted_paths, signed_in, visible

VIEW, ADD, CHANGE = "notify.view_webhook", "notify.add_webhook", "notify.change_webhook"
SHOWN = 100


def webhooks(request: HttpRequest) -> HttpResponse:
    """All in the reader's scope, with what waits and what was given up."""
    user = signed_in(request)
    context = {"webhooks": counted(user), "may_add": bool(granted_paths(user, ADD))}
    return render(request, "notify/webhooks.html", context)


def counted(user: User) -> QuerySet[Any]:
    """Each with its numbers of deliveries."""
    demand_somewhere(user, VIEW)
    return seen_by(user).annotate(
        waiting=Count("deliveries", filter=Q(deliveries__status=Delivery.Status.WAITING)),
        given_up=Count("deliveries", filter=Q(deliveries__status=Delivery.Status.GIVEN_UP)),
    )


def webhook(request: HttpRequest, pk: int) -> HttpResponse:
    """One webhook and its latest deliveries."""
    user = signed_in(request)
    shown = get_object_or_404(seen_by(user), pk=pk)
    latest = [
        (one, reason(one.answer) if one.code is None else one.answer)
        for one in shown.deliveries.all()[:SHOWN]
    ]
    sorts, when = dict(SORTS), dict(Action.choices)
    context = {
        "webhook": shown,
        "sorts": [sorts.get(one, one) for one in shown.sorts],
        "actions": [when.get(one, one) for one in shown.actions],
        "deliveries": latest,
        "changeable": visible(Webhook.objects.filter(pk=pk), user, CHANGE).exists(),
    }
    return render(request, "notify/webhook.html", context)


def add(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    demand_somewhere(user, ADD)
    return _form(request, user, Webhook(), _("The webhook is kept."))


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    return _form(request, user, _changeable(user, pk), _("The webhook is saved."))


@require_POST
def test(request: HttpRequest, pk: int) -> HttpResponse:
    """Send something that says it is a test."""
    user = signed_in(request)
    chosen = _changeable(user, pk)
    actions.send_test(chosen, by=user.actor)
    messages.success(request, _("A test is on its way; look again in a few seconds."))
    return redirect("notify:webhook", pk)


@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a delivery again."""
    user = signed_in(request)
    delivery = get_object_or_404(Delivery, pk=pk)
    chosen = _changeable(user, delivery.webhook_id)
    actions.send_again(delivery, by=user.actor)
    messages.success(request, _("It is sent again; look again in a few seconds."))
    return redirect("notify:webhook", chosen.pk)


def seen_by(user: User) -> QuerySet[Webhook]:
    return visible(Webhook.objects.select_related("place"), user, VIEW)


def _changeable(user: User, pk: int) -> Webhook:
    """404 outside what the user may see, 403 where the user may only look."""
    chosen = get_object_or_404(seen_by(user), pk=pk)
    demand(user, CHANGE, chosen.place)
    return chosen


def _form(request: HttpRequest, user: User, edited: Webhook, said: str) -> HttpResponse:
    form = WebhookForm(user, request.POST or None, instance=edited)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, said)
        return redirect("notify:webhook", edited.pk)
    response = render(request, "notify/edit.html", {"form": form, "webhook": edited})
    response.headers["Cache-Control"] = "no-store"  # a new one's secret stands in it
    return response
