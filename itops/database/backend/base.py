"""In each transaction the settings `itops.actor` and `itops.reason` say who acts and why, for the row triggers."""

from contextlib import suppress
from typing import Any

from django.db.backends.postgresql import base, operations
from django.db.utils import Error
from psycopg.pq import TransactionStatus

from itops.database.actor import current_actor, current_reason
from itops.database.line import line_of
from itops.database.together import is_a_question

SET = "SELECT set_config('itops.actor', %s, true), set_config('itops.reason', %s, true)"
NOBODY = ("", "")


class DatabaseOperations(operations.DatabaseOperations):
    """PostgreSQL's."""

    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> str:
        """Of a kept statement its text, without what was given."""
        return super().last_executed_query(cursor, sql, params) or sql


class DatabaseWrapper(base.DatabaseWrapper):
    """
    Tells actor and reason with the first cursor of a transaction, and again whenever they change within it.

    The settings are local to the transaction, so a pooled connection takes no name to its next user. Outside a
    transaction there is no actor: writes belong in `atomic`.
    """

    ops_class = DatabaseOperations
    _told: tuple[str, str] | None = NOBODY

    def create_cursor(self, name: str | None = None) -> Any:
        self.settle()
        self._tell_news()
        return super().create_cursor(name)

    def get_ready(self) -> None:
        """Opened, and told who acts: for what is sent without a cursor."""
        self.close_if_health_check_failed()
        self.ensure_connection()
        with self.wrap_database_errors:
            self._tell_news()

    def settle(self) -> None:
        """Read what was asked and not yet read: only then the connection is free for something else."""
        if self.connection is not None:
            with self.wrap_database_errors:
                line_of(self.connection).settle()

    def _leave(self) -> None:
        """The same before it is all taken back, whatever failed."""
        with suppress(Error):
            self.settle()

    def _be_alone(self) -> None:
        """Of transactions and savepoints begun side by side, one would take back what the other wrote."""
        if is_a_question():
            raise RuntimeError("A question asked together with others must not begin a transaction.")
        self.settle()

    def server_cursor(self) -> Any:
        """Like `cursor()`, but PostgreSQL and not psycopg puts the values into the statement."""
        self.get_ready()
        self.settle()
        with self.wrap_database_errors:
            return self._prepare_cursor(base.ServerBindingCursor(self.connection))  # type: ignore[attr-defined]

    def _configure_connection(self, connection: Any) -> bool:
        """What is kept prepared is planned once, not anew for the first uses of each connection (docs/adr/0014)."""
        connection.execute("SET plan_cache_mode = force_generic_plan")
        super()._configure_connection(connection)  # type: ignore[misc]
        return True

    def _tell_news(self) -> None:
        if not self.autocommit and self._told != (current_actor(), current_reason()):
            self._tell_actor()

    def _tell_actor(self) -> None:
        """In a failed transaction only a rollback is possible; the next cursor tells."""
        if self.connection.info.transaction_status == TransactionStatus.INERROR:
            return
        told = (current_actor(), current_reason())
        self.settle()
        with self.connection.cursor() as cursor:
            cursor.execute(SET, told)
        self._told = told

    def _set_autocommit(self, autocommit: bool) -> None:
        if not autocommit:
            self._be_alone()
        self.settle()
        super()._set_autocommit(autocommit)  # type: ignore[misc]
        self._told = NOBODY

    def _commit(self) -> None:
        self.settle()
        super()._commit()  # type: ignore[misc]
        self._told = NOBODY

    def _rollback(self) -> None:
        self._leave()
        super()._rollback()  # type: ignore[misc]
        self._told = NOBODY

    def _close(self) -> None:
        """Another may get it next."""
        self._leave()
        super()._close()  # type: ignore[misc]

    def _savepoint(self, sid: str) -> None:
        self._be_alone()
        super()._savepoint(sid)  # type: ignore[misc]

    def _savepoint_rollback(self, sid: str) -> None:
        """It also takes back a name told since the savepoint."""
        self._leave()
        super()._savepoint_rollback(sid)  # type: ignore[misc]
        self._told = None
