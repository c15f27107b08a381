"""For a demonstration in which nothing answers: people have not looked either."""

from inventory.models import Repair, Sighting
from itops.site.demonstration.load import load
from itops.site.demonstration.wake import Ports


def test_without_the_stock_take_nobody_has_looked(db, anhua):
    load(anhua, Ports(snmp=16_100, http=16_180), stocktake=False)
    assert not Sighting.objects.exists()
    assert Repair.objects.exists()
