"""Guessing is slowed: too many failures for a name, or from an address, and nobody is let in for a while.

Names are counted whether or not such an account exists, so that a refusal tells nothing.
"""

import hashlib
import unicodedata
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone

from itops.organisation.models import FailureCount

# One statement, so that simultaneous failures are all counted.
COUNT = """
    INSERT INTO organisation_failurecount AS counted (key, failures, since, locked_until)
    VALUES (%(key)s, 1, %(now)s, CASE WHEN %(most)s <= 1 THEN %(until)s::timestamptz END)
    ON CONFLICT (key) DO UPDATE SET
        failures = CASE WHEN counted.since < %(forgotten)s THEN 1 ELSE counted.failures + 1 END,
        since = CASE WHEN counted.since < %(forgotten)s THEN %(now)s ELSE counted.since END,
        locked_until = CASE
            WHEN counted.since >= %(forgotten)s AND counted.failures + 1 >= %(most)s THEN %(until)s::timestamptz
            WHEN counted.since < %(forgotten)s THEN NULL
            ELSE counted.locked_until END
"""
FORGET_AFTER = timedelta(days=1)


def is_locked(name: str, address: str) -> bool:
    """Whether the name or the address must wait."""
    keys = [_of_name(name), _of_address(address)]
    return FailureCount.objects.filter(key__in=keys, locked_until__gt=timezone.now()).exists()


def note_failure(name: str, address: str) -> None:
    """A wrong password or code; old counts are swept away with it."""
    FailureCount.objects.filter(since__lt=timezone.now() - FORGET_AFTER).delete()
    _count(_of_name(name), settings.ITOPS_LOCK_AFTER)
    _count(_of_address(address), settings.ITOPS_LOCK_ADDRESS_AFTER)


def forget_failures(name: str) -> None:
    """The right password, or an account manager's help: the name starts anew. Its address does not."""
    FailureCount.objects.filter(key=_of_name(name)).delete()


def _count(key: str, most: int) -> None:
    now, period = timezone.now(), timedelta(minutes=settings.ITOPS_LOCK_MINUTES)
    until, forgotten = now + period, now - period
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"key": key, "now": now, "most": most, "until": until, "forgotten": forgotten})


def _of_name(name: str) -> str:
    return _hash(f"name:{unicodedata.normalize('NFKC', name).casefold()}")


def _of_address(address: str) -> str:
    return _hash(f"address:{address}")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogateescape")).hexdigest()
