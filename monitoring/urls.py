"""Addresses of monitoring."""

from django.urls import path

from monitoring.pages import doubts, incident, overview

app_name = "monitoring"
urlpatterns = [
    path("", overview.page, name="overview"),
    path("incidents/<int:pk>/", incident.page, name="incident"),
    path("doubts/<int:pk>/", doubts.decide, name="settle_doubt"),
]
