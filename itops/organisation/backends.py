"""How Django finds the account behind a session. What it may do is not Django's to say: grants decide."""

from django.contrib.auth.backends import BaseBackend, ModelBackend

from itops.organisation.models import User


class Accounts(BaseBackend):
    """The account of a session with its person, whose name every page shows, and its grants: one query."""

    def get_user(self, user_id: int) -> User | None:
        return User.objects.with_grants().select_related("person").filter(pk=user_id, is_active=True).first()


class Passwords(Accounts, ModelBackend):
    """By name and password; no permission comes from it."""

    def _get_permissions(self, *_: object) -> set[str]:
        return set()
