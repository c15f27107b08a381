"""The database's statistics are always late after a large load; claiming must not wait for them."""

from django.db import connection, transaction

from itops.site.demonstration.field import county
from itops.site.demonstration.load import load
from itops.site.demonstration.wake import Ports
from monitoring.actions.claim import claim
from tests.demonstration.conftest import MONDAY
from tests.own_database import OwnDatabase

TABLES = "monitoring_state, monitoring_probe, inventory_endpoint, inventory_binding, inventory_asset"


def test_a_claim_is_answered_while_the_tables_still_count_as_empty(committing: OwnDatabase) -> None:
    with transaction.atomic():
        load(county(), Ports(snmp=16_100, http=16_180), now=MONDAY)
        with committing.owner.connect() as owner:
            owner.autocommit = True
            owner.execute(f"VACUUM {TABLES}")  # sees pages and not one row: nothing is committed yet
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = '20s'")
        assert {one.target.profile.name for one in claim(2_000, now=MONDAY)} == {"line"}
