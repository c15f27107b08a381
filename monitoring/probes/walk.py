"""The guards of a walk, for both SNMP libraries: it must go forward, and end."""

from collections.abc import Sequence

from monitoring.probes.answer import Column, Reason, SnmpValue
from monitoring.probes.snmp import Patience, SnmpFailure

FIRST_ROWS, MOST_ROWS = 25, 100

Row = tuple[str, SnmpValue]


class Pace:
    """How many rows GETBULK asks for: more while the agent delivers, half when it cannot."""

    def __init__(self) -> None:
        self.rows = FIRST_ROWS
        self._most = MOST_ROWS

    def came(self, rows: int) -> None:
        if rows >= self.rows:
            self.rows = min(self.rows * 2, self._most)

    def shrink(self, *, to_one: bool = False) -> bool:
        """Ask for half as many from now on, the next time for one alone; false if it is one already."""
        if self.rows == 1:
            return False
        self._most = self.rows // 2
        self.rows = 1 if to_one else self._most
        return True


class Rows:
    """The rows of one walk as they come; raises SnmpFailure on a circle and past the limits."""

    def __init__(self, column: str, patience: Patience) -> None:
        self.last = column
        self.complete = False
        self._column, self._patience = column, patience
        self._rows: dict[str, SnmpValue] = {}
        self._octets = 0

    def add(self, batch: Sequence[Row | None], octets: int) -> None:
        """Take what one answer brought; None in it marks the end of the column."""
        rows = [row for row in batch if row is not None]
        self.complete = len(rows) < len(batch)
        self._octets += octets
        if not rows:
            return
        expected = len(self._rows) + len(rows)
        self._rows.update(rows)
        if len(self._rows) != expected or not _is_after(rows[-1][0], self.last):
            raise SnmpFailure(Reason.NOT_INCREASING)
        self.last = rows[-1][0]
        if expected > self._patience.walk_rows or self._octets > self._patience.answer_bytes:
            raise SnmpFailure(Reason.TOO_BIG)

    def column(self) -> Column:
        start = len(self._column) + 1
        return tuple((oid[start:], value) for oid, value in self._rows.items())


def _is_after(later: str, earlier: str) -> bool:
    return [int(part) for part in later.split(".")] > [int(part) for part in earlier.split(".")]
