"""What all tests share: a database per worker, used as itops_app, and copies of it for tests that commit."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import translation
from hypothesis import HealthCheck, settings
from pytest_django.plugin import DjangoDbBlocker

from tests import own_database as databases
from tests.own_database import OwnDatabase, Server
from tests.support.county import County, small_county

# Shared machines are slow at times: no property test fails for the time that it takes.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


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


@pytest.fixture(scope="session")
def small_county_database(
    database_template: Server, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[str, County]]:
    """A database with the small county in it: making it anew for each test would take most of their time."""
    name = database_template.new_name()
    databases.copy_template(database_template, name)
    with django_db_blocker.unblock():
        databases.point_django_at(database_template, name)
        with transaction.atomic():
            made = small_county()
        databases.point_django_at(database_template, database_template.database)
    yield name, made
    databases.drop(database_template, name)


@pytest.fixture(scope="module", autouse=True)
def where_a_module_works(request: pytest.FixtureRequest) -> Iterator[None]:
    """Modules whose tests use the small county work where it lies; pytest-django opens its transactions there."""
    items = [item for item in request.session.items if item.getparent(pytest.Module) is request.node]
    if not any("small_county_database" in getattr(item, "fixturenames", ()) for item in items):
        yield
        return
    name, _made = request.getfixturevalue("small_county_database")
    database_template: Server = request.getfixturevalue("database_template")
    databases.point_django_at(database_template, name)
    yield
    databases.point_django_at(database_template, database_template.database)


@pytest.fixture(autouse=True)
def in_the_default_language() -> Iterator[None]:
    """A page that was visited in English leaves its language behind in this thread."""
    yield
    translation.deactivate()


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
        before = databases.where_django_is()
        databases.point_django_at(database_template, own_database.owner.name)
        yield own_database
        databases.point_django_at(database_template, before)
