"""People who answer for equipment or work with it."""

from django.db import transaction

from itops.database.actor import acting
from itops.organisation.models import Office, Person
from itops.organisation.pinyin import person_sort_key


def add_person(*, by: str, office: Office, name: str, post: str = "") -> Person:
    """Somebody new in an office, sorted by the pinyin of the name."""
    with acting(by), transaction.atomic():
        return Person.objects.create(office=office, name=name, pinyin=person_sort_key(name), post=post)
