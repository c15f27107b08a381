"""Django on a database of the bench's own. To be imported before any model: models need Django to be set up."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import django
from django.core.management import call_command
from psycopg import sql

from bench.ground import BENCH
from itops.database import supervisor
from itops.database.cluster import DATABASE, OWNER, SUPERUSER
from itops.database.connection import embedded

os.environ.pop("DATABASE_URL", None)  # a bench writes into nobody's database
os.environ |= {"ITOPS_VAR": str(BENCH), "DJANGO_SETTINGS_MODULE": "itops.settings"}
django.setup()


@contextmanager
def empty_database() -> Iterator[None]:
    """A migrated database without rows, on a server as durable as any other; it stops at the end."""
    folder = BENCH / "postgres"
    with supervisor.join(folder):
        with embedded(folder, SUPERUSER, "postgres").connect() as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")
        call_command("migrate", verbosity=0)
        yield


def tidy_up() -> None:
    """What PostgreSQL does by itself in the minutes after such a load: meanwhile pages take half as long again."""
    with embedded(BENCH / "postgres", SUPERUSER, DATABASE).connect() as connection:
        connection.autocommit = True
        connection.execute("VACUUM (ANALYZE)")
        connection.execute("CHECKPOINT")


@contextmanager
def without_triggers(*tables: str) -> Iterator[None]:
    """Whoever fills a table with millions of rows has none of them recorded or counted one by one."""
    for word in ("DISABLE", "ENABLE"):
        with embedded(BENCH / "postgres", OWNER, DATABASE).connect() as connection:
            for table in tables:
                connection.execute(
                    sql.SQL(f"ALTER TABLE {{}} {word} TRIGGER USER").format(sql.Identifier(table))
                )
        if word == "DISABLE":
            yield
