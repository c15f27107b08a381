"""How Django finds an account. What it may do is not Django's to say: grants decide."""

from django.contrib.auth.backends import BaseBackend, ModelBackend
from django.http import HttpRequest

from itops.database.kept import Given, Kept
from itops.organisation import directory
from itops.organisation.actions.identities import account_of
from itops.organisation.models import User

ACCOUNT: Kept[User] = Kept(
    lambda: (
        User.objects.with_grants()
        .select_related("person")
        .filter(pk=Given("account", "bigint"), is_active=True)
    )
)


class Accounts(BaseBackend):
    """The account of a session with its person, whose name every page shows, and its grants: one query."""

    def get_user(self, user_id: int) -> User | None:
        return ACCOUNT.first(account=user_id)


class Passwords(Accounts, ModelBackend):
    """By name and password; no permission comes from it."""

    def _get_permissions(self, *_: object) -> set[str]:
        return set()


class Directory(Accounts):
    """By name and the directory's password, where a directory is configured."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **_: object,
    ) -> User | None:
        if not directory.is_configured():
            return None
        entry = directory.entry_of(username or "", password or "")
        if entry is None:
            return None
        return account_of(source="directory", subject=entry.subject, username=entry.name)
