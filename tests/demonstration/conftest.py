"""The invented county, its agents answering in the test's own event loop, and the county in the database."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from itops.site.demonstration import agents, players
from itops.site.demonstration.agents import Agents
from itops.site.demonstration.field import county
from itops.site.demonstration.load import load
from itops.site.demonstration.players import Players
from itops.site.demonstration.wake import Ports
from itops.site.demonstration.words import County, PlannedEndpoint

MONDAY = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)  # half past ten in Shanghai


@pytest.fixture
def anhua() -> County:
    return county()


@pytest.fixture
def endpoints(anhua: County) -> list[PlannedEndpoint]:
    return list(anhua.endpoints())


@pytest.fixture
async def talking(endpoints: list[PlannedEndpoint]) -> AsyncIterator[Agents]:
    """All agents of the field."""
    opened = Agents(endpoints).open(agents.DEFAULT_PORT)
    yield opened
    opened.close()


@pytest.fixture
async def showing(endpoints: list[PlannedEndpoint]) -> AsyncIterator[Players]:
    """All players of the field."""
    opened = await Players(endpoints).open(players.DEFAULT_PORT)
    yield opened
    await opened.close()


@pytest.fixture(scope="module")
def county_in_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[County]:
    """The county as of MONDAY, loaded once for all tests of a module, which leave it as it is."""
    with django_db_blocker.unblock(), undone():
        load(county(), Ports(snmp=16_100, http=16_180), now=MONDAY)
        yield county()


@pytest.fixture
def loaded(county_in_database: County) -> Iterator[County]:
    """What a test does to it is undone after it."""
    with undone():
        yield county_in_database


@contextmanager
def undone() -> Iterator[None]:
    """A transaction, or a part of one, that is rolled back at its end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
