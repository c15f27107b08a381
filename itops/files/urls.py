"""Addresses of files; the roof says what they may hang on."""

from django.urls import URLPattern, path

from itops.files import pages
from itops.organisation.subjects import Subjects


def urls(subjects: Subjects) -> list[URLPattern]:
    hung_on = {"subjects": subjects}
    return [
        path("<int:pk>/", pages.download, hung_on, name="file"),
        path("<int:pk>/thumbnail/", pages.thumbnail, hung_on, name="thumbnail"),
        path("<int:pk>/remove/", pages.remove, hung_on, name="remove"),
        path("<str:model>/<int:pk>/", pages.add, hung_on, name="add"),
    ]
