"""What files, notes and tags may hang on: the list, written out."""

from inventory.models import Asset
from inventory.pages.catalogue import DEVICE_MODEL
from inventory.pages.requests import REQUEST
from itops.crud.directory import OFFICE, PERSON
from itops.organisation.subjects import Subject
from planning.pages.projects import PROJECT_PAPER
from workforce.pages.posts import POST
from workforce.pages.sessions import TRAINING_SESSION
from workforce.pages.skills import HELD_SKILL

ASSETS = Subject(model=Asset, page="inventory:asset")
SUBJECTS = (ASSETS, REQUEST, OFFICE, PERSON, DEVICE_MODEL, POST, HELD_SKILL, TRAINING_SESSION, PROJECT_PAPER)
