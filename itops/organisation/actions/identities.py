"""Who a person at a single-sign-on service or in a directory is here: an account that was opened before.

Nobody gets an account or a role by being known elsewhere.
"""

import logging

from django.db import IntegrityError, transaction

from itops.database.actor import acting
from itops.organisation.models import ExternalIdentity, User

logger = logging.getLogger(__name__)


def account_of(*, source: str, subject: str, username: str) -> User | None:
    """The account that this subject signed in to before; at first the one of that name, which is then settled.

    A name that is passed on to somebody else there (another subject) opens nothing here.
    """
    known = ExternalIdentity.objects.filter(source=source, subject=subject).select_related("user").first()
    if known:
        return known.user if known.user.is_active else None
    account = User.objects.filter(username=username, is_active=True).first() if username else None
    return _settled(account, source, subject) if account else None


def _settled(account: User, source: str, subject: str) -> User | None:
    try:
        with acting(account.actor), transaction.atomic():
            ExternalIdentity.objects.create(user=account, source=source, subject=subject)
    except IntegrityError:
        logger.warning("Account %s is somebody else's at %s.", account.pk, source)
        return None
    return account
