"""Addresses of the webhooks' pages."""

from django.urls import path

from itops.notify import pages

app_name = "notify"
urlpatterns = [
    path("", pages.webhooks, name="webhooks"),
    path("add/", pages.add, name="add"),
    path("<int:pk>/", pages.webhook, name="webhook"),
    path("<int:pk>/edit/", pages.edit, name="edit"),
    path("<int:pk>/test/", pages.test, name="test"),
    path("deliveries/<int:pk>/again/", pages.again, name="again"),
]
