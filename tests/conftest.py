"""What all tests share: a database per worker, used as itops_app, and copies of it for tests that commit."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests import own_database as databases
from tests.own_database import OwnDatabase, Server


@pytest.fixture(scope="session")
def database_server() -> Iterator[Server]:
    """The running server with its migrated template."""
    with databases.running_server() as server:
        yield server


@pytest.fixture(scope="session")
def database_template(database_server: Server, django_db_blocker: DjangoDbBlocker) -> Server:
    with django_db_blocker.unblock():
        databases.make_template(database_server)
    return database_server


@pytest.fixture(scope="session")
def django_db_setup(database_template: Server, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Replaces pytest-django's: this worker's database is a fresh copy, and tests run as itops_app."""
    name = database_template.database
    databases.copy_template(database_template, name)
    with django_db_blocker.unblock():
        databases.point_django_at(database_template, name)
        yield
        databases.point_django_at(database_template, name)
    databases.drop(database_template, name)


@pytest.fixture
def own_database(database_template: Server, tmp_path: Path) -> Iterator[OwnDatabase]:
    """For tests that commit or start programs: nothing of it is left afterwards."""
    with databases.copied(database_template, tmp_path / "var") as own:
        yield own


@pytest.fixture
def committing(
    own_database: OwnDatabase,
    database_template: Server,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[OwnDatabase]:
    """Django itself works in the test's own database, and its transactions really commit."""
    with django_db_blocker.unblock():
        databases.point_django_at(database_template, own_database.owner.name)
        yield own_database
        databases.point_django_at(database_template, database_template.database)
