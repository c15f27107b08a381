"""Deliveries are claimed, sent, and tried again later and later until they arrive or are given up."""

import asyncio
import json
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from itops.database.actor import acting
from itops.notify.models import Delivery, Webhook
from itops.notify.sender import Answer, Outgoing, Rules, send_all

AT_ONE_GO = 50
CLAIMED_FOR = timedelta(minutes=2)
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440))
KEPT_FOR = timedelta(days=30)


def deliver_due() -> int:
    """Send what is due; returns how many arrived. A worker that dies with a claim lets it go by itself."""
    claimed = _claim()
    answers = asyncio.run(send_all([_outgoing(one) for one in claimed], _rules()))
    with transaction.atomic():
        for delivery, answer in zip(claimed, answers, strict=True):
            _record(delivery, answer, timezone.now())
    return sum(answer.good for answer in answers)


def send_again(delivery: Delivery, *, by: str) -> None:
    """Try it anew, as if it had never been tried."""
    with acting(by), transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).update(
            status=Delivery.Status.WAITING, attempts=0, due=timezone.now()
        )


def send_test(webhook: Webhook, *, by: str) -> Delivery:
    """A delivery that says nothing but that it is a test."""
    now = timezone.now()
    body = json.dumps({"event": "test", "at": now.isoformat(), "webhook": webhook.name}, ensure_ascii=False)
    with acting(by), transaction.atomic():
        return Delivery.objects.create(webhook=webhook, event="test", body=body, due=now)


def forget_old() -> int:
    """Deliveries are kept for a month."""
    old = Delivery.objects.filter(made__lt=timezone.now() - KEPT_FOR)
    return old.exclude(status=Delivery.Status.WAITING).delete()[0]


@transaction.atomic
def _claim() -> list[Delivery]:
    now = timezone.now()
    due = Delivery.objects.filter(status=Delivery.Status.WAITING, due__lte=now, webhook__enabled=True)
    free = due.select_for_update(skip_locked=True, of=("self",)).select_related("webhook")
    claimed = list(free.order_by("due", "pk")[:AT_ONE_GO])
    for one in claimed:
        one.attempts, one.due = one.attempts + 1, now + CLAIMED_FOR
    Delivery.objects.bulk_update(claimed, ["attempts", "due"])
    return claimed


def _outgoing(delivery: Delivery) -> Outgoing:
    webhook = delivery.webhook
    return Outgoing(
        key=delivery.pk,
        url=webhook.url,
        event=delivery.event,
        body=delivery.body.encode(),
        secret=webhook.secret,
        headers=webhook.header_list,
    )


def _record(delivery: Delivery, answer: Answer, now: datetime) -> None:
    delivery.code, delivery.answer = answer.code, answer.text[:600]
    if answer.good:
        delivery.status = Delivery.Status.ARRIVED
    elif delivery.attempts > len(WAITS):
        delivery.status = Delivery.Status.GIVEN_UP
    else:
        delivery.due = now + WAITS[delivery.attempts - 1]
    delivery.save(update_fields=["code", "answer", "status", "due"])


def _rules() -> Rules:
    never: Sequence[object] = settings.ITOPS_NEVER_CALL
    return Rules(never=never, loopback=settings.ITOPS_WEBHOOK_LOOPBACK)  # type: ignore[arg-type]
