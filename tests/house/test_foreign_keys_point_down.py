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
    "files": 2.5,
    "extras": 2.5,
    "notify": 2.5,
    "inventory": 3,
    "monitoring": 4,
    "workforce": 4,
    "planning": 5,
    "site": 6,
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
