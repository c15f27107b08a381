"""New changes of the change record become deliveries."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from django.db import connection, transaction
from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from itops.audit.models import Change
from itops.notify.models import COUNTYWIDE, Cursor, Delivery, Webhook
from itops.organisation.models import Place
from itops.organisation.roles import lies_under

BATCH = 2000
Withheld = Callable[[Sequence[Change]], Collection[int]]
"""Which changes (by number) must not leave: those of confidential equipment."""


@transaction.atomic
def take_in_changes(*, withheld: Withheld) -> int:
    """Make deliveries of what has changed since the last time; returns how many."""
    oldest_running, newest = _horizon()
    cursor = _cursor(newest)
    webhooks = list(Webhook.objects.filter(enabled=True).select_related("place"))
    changes = list(_after(cursor).filter(transaction__lt=oldest_running)[:BATCH])
    if not changes:
        return 0
    cursor.transaction, cursor.change_id = changes[-1].transaction, changes[-1].pk
    cursor.save()
    wanted = [change for change in changes if any(change.model in one.sorts for one in webhooks)]
    kept_back = set(withheld(wanted)) if wanted else set()
    made = list(_deliveries(webhooks, [change for change in wanted if change.pk not in kept_back]))
    Delivery.objects.bulk_create(made)
    return len(made)


def _horizon() -> tuple[int, int]:
    """The oldest transaction that still runs in this database, and this one, which is the newest."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        newest = cursor.fetchone()[0]
        cursor.execute(
            "SELECT coalesce(max(age(backend_xid)), 0) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return newest - cursor.fetchone()[0], newest


def _cursor(newest: int) -> Cursor:
    """The cursor, locked. A new one, or one of another server's backup, begins with what is there now."""
    cursor, is_new = Cursor.objects.select_for_update().get_or_create(pk=1)
    if is_new or cursor.transaction > newest:
        cursor.floor = Change.objects.aggregate(last=Max("pk"))["last"] or 0
        cursor.transaction = cursor.change_id = 0
        cursor.save()
    return cursor


def _after(cursor: Cursor) -> QuerySet[Change]:
    later = Q(transaction__gt=cursor.transaction) | Q(transaction=cursor.transaction, pk__gt=cursor.change_id)
    changes = Change.objects.filter(later, transaction__gte=cursor.transaction, pk__gt=cursor.floor)
    return changes.order_by("transaction", "pk")


def _deliveries(webhooks: Sequence[Webhook], changes: Sequence[Change]) -> Iterator[Delivery]:
    paths = _paths(changes)
    now = timezone.now()
    for change in changes:
        for webhook in webhooks:
            if _is_for(webhook, change, paths):
                event = f"{change.model}.{change.action}"
                yield Delivery(webhook=webhook, event=event, body=body(change), due=now)


def _is_for(webhook: Webhook, change: Change, paths: dict[int, str]) -> bool:
    path = paths.get(change.place_id or 0, "")
    return (
        (change.model in COUNTYWIDE or lies_under(path, webhook.place.path))
        and change.model in webhook.sorts
        and change.action in webhook.actions
        and change.at >= webhook.since
    )


def _paths(changes: Iterable[Change]) -> dict[int, str]:
    ids = {change.place_id for change in changes if change.place_id is not None}
    return dict(Place.objects.filter(pk__in=ids).values_list("pk", "path"))


def body(change: Change) -> str:
    """The change as JSON; what the record withholds is only named."""
    told = {
        "event": f"{change.model}.{change.action}",
        "change": change.pk,
        "at": change.at.isoformat(),
        "actor": change.actor,
        "reason": change.reason,
        "model": change.model,
        "id": change.object_id,
        "of": {"model": change.of_model, "id": change.of_id},
        "place": change.place_id,
        "before": change.before,
        "after": change.after,
        "withheld": change.withheld,
    }
    return json.dumps(told, ensure_ascii=False)
