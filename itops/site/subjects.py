"""What files, notes and tags may hang on: the list, written out."""

from inventory.models import Asset
from itops.organisation.subjects import Subject

ASSETS = Subject(model=Asset, page="inventory:asset")
SUBJECTS = (ASSETS,)
