"""What can be imported and exported: every resource, the ledger of assets with its own conditions."""

from inventory.pages.assets import ASSETS
from itops.crud.resource import Resource
from itops.exchange.roof import Exchange
from itops.site.jobs import import_file
from itops.site.pages.assets import LEDGER
from itops.site.resources import RESOURCES, SHOWN


def _later(run: int) -> None:
    import_file.defer(run=run)


EXCHANGE = Exchange({one.key: LEDGER if one is ASSETS else one for one in (*RESOURCES, *SHOWN)}, _later)


def by_path() -> dict[str, Resource]:
    """As commands name them: assets, people, device-models."""
    return {one.path: one for one in EXCHANGE.resources.values() if not one.read_only}
