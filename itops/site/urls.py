"""Every address of the program, written out."""

from django.urls import include, path

from itops.site import home

urlpatterns = [
    path("", home.page, name="home"),
    path("", include("itops.organisation.urls")),
    path("", include("inventory.urls")),
    path("monitoring/", include("monitoring.urls")),
]
