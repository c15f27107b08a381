"""Addresses of notes and tags; the roof says what they may hang on."""

from django.urls import URLPattern, path

from itops.extras import pages
from itops.organisation.subjects import Subjects


def urls(subjects: Subjects) -> list[URLPattern]:
    hung_on = {"subjects": subjects}
    return [
        path("notes/<int:pk>/remove/", pages.remove_note, hung_on, name="remove_note"),
        path("notes/<str:model>/<int:pk>/", pages.add_note, hung_on, name="add_note"),
        path("tagged/<str:model>/<int:pk>/", pages.set_tags, hung_on, name="set_tags"),
    ]
