"""In each transaction the setting `itops.actor` names who acts, so that row triggers can record it."""

from typing import Any

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

from itops.database.actor import current_actor

SET_ACTOR = "SELECT set_config('itops.actor', %s, true)"


class DatabaseWrapper(base.DatabaseWrapper):
    """
    Tells the actor with the first cursor of a transaction, and again whenever it changes within it.

    The setting is local to the transaction, so a pooled connection takes no name to its next user. Outside a
    transaction there is no actor: writes belong in `atomic`.
    """

    _told: str | None = ""

    def create_cursor(self, name: str | None = None) -> Any:
        if not self.autocommit and self._told != current_actor():
            self._tell_actor()
        return super().create_cursor(name)

    def _tell_actor(self) -> None:
        """In a failed transaction only a rollback is possible; the next cursor tells."""
        if self.connection.info.transaction_status == TransactionStatus.INERROR:
            return
        actor = current_actor()
        with self.connection.cursor() as cursor:
            cursor.execute(SET_ACTOR, [actor])
        self._told = actor

    def _set_autocommit(self, autocommit: bool) -> None:
        super()._set_autocommit(autocommit)  # type: ignore[misc]
        self._told = ""

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._told = ""

    def _rollback(self) -> None:
        super()._rollback()  # type: ignore[misc]
        self._told = ""

    def _savepoint_rollback(self, sid: str) -> None:
        """It also takes back a name told since the savepoint."""
        super()._savepoint_rollback(sid)  # type: ignore[misc]
        self._told = None
