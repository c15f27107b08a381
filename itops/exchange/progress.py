"""How far a run is, told while its transaction is still open: over a connection of its own."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections

from itops.exchange.run_through import Progress

TELL = "UPDATE exchange_importrun SET done = %s, total = %s WHERE id = %s"


@contextmanager
def telling(run: int) -> Iterator[Progress]:
    """Within it, what is told is seen by others at once. The run's own transaction must not hold its row."""
    own = connections.create_connection("default")

    def tell(done: int, total: int) -> None:
        with own.cursor() as cursor:
            cursor.execute(TELL, [done, total, run])

    try:
        yield tell
    finally:
        own.close()
