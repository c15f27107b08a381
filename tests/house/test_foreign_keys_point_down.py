"""A model may refer to models of its own app or of an app below it."""

from django.apps import apps
from django.db.models import Model

LEVEL = {
    "contenttypes": -1,
    "auth": 0,
    "sessions": 0,
    "procrastinate": 0,
    "jobs": 1,
    "organisation": 2,
    "audit": 3,
    "files": 3,
    "extras": 3,
    "notify": 3,
    "crud": 4,
    "exchange": 4,
    "inventory": 5,
    "monitoring": 6,
    "workforce": 6,
    "planning": 7,
    "site": 8,
}


def references():
    for model in apps.get_models():
        for field in model._meta.get_fields():
            other = field.related_model
            if field.concrete and isinstance(other, type) and issubclass(other, Model):
                yield model._meta.app_label, other._meta.app_label, f"{model.__name__}.{field.name}"


def test_no_foreign_key_points_up_or_sideways():
    wrong = [name for here, there, name in references() if here != there and LEVEL[there] >= LEVEL[here]]
    assert wrong == []


def test_every_app_with_models_has_a_level():
    assert {here for here, _, _ in references()} <= set(LEVEL)
