"""Sessions in the database; what every page asks of them is a kept query."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from itops.database.kept import Given, Kept

SESSION: Kept[Session] = Kept(
    lambda: Session.objects.filter(
        session_key=Given("key", "text"), expire_date__gt=Given("now", "timestamptz")
    )
)


class SessionStore(db.SessionStore):
    """Django's own, but for how it is read."""

    def _get_session_from_db(self) -> Session | None:
        found = SESSION.first(key=self.session_key, now=timezone.now())
        if found is None:
            self._session_key = None
        return found
