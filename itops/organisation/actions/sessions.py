"""Sessions and sign-in links that are over."""

from datetime import datetime

from django.contrib.sessions.models import Session
from django.db import transaction

from itops.organisation.models import SignInLink


def forget_ended(now: datetime) -> None:
    """They open nothing any more; here they leave the database."""
    with transaction.atomic():
        Session.objects.filter(expire_date__lt=now).delete()
        SignInLink.objects.filter(expires__lt=now).delete()
