"""In each transaction the settings `itops.actor` and `itops.reason` say who acts and why, for the row triggers."""

from typing import Any

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

from itops.database.actor import current_actor, current_reason

SET = "SELECT set_config('itops.actor', %s, true), set_config('itops.reason', %s, true)"
NOBODY = ("", "")


class DatabaseWrapper(base.DatabaseWrapper):
    """
    Tells actor and reason with the first cursor of a transaction, and again whenever they change within it.

    The settings are local to the transaction, so a pooled connection takes no name to its next user. Outside a
    transaction there is no actor: writes belong in `atomic`.
    """

    _told: tuple[str, str] | None = NOBODY

    def create_cursor(self, name: str | None = None) -> Any:
        if not self.autocommit and self._told != (current_actor(), current_reason()):
            self._tell_actor()
        return super().create_cursor(name)

    def _tell_actor(self) -> None:
        """In a failed transaction only a rollback is possible; the next cursor tells."""
        if self.connection.info.transaction_status == TransactionStatus.INERROR:
            return
        told = (current_actor(), current_reason())
        with self.connection.cursor() as cursor:
            cursor.execute(SET, told)
        self._told = told

    def _set_autocommit(self, autocommit: bool) -> None:
        super()._set_autocommit(autocommit)  # type: ignore[misc]
        self._told = NOBODY

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._told = NOBODY

    def _rollback(self) -> None:
        super()._rollback()  # type: ignore[misc]
        self._told = NOBODY

    def _savepoint_rollback(self, sid: str) -> None:
        """It also takes back a name told since the savepoint."""
        super()._savepoint_rollback(sid)  # type: ignore[misc]
        self._told = None
