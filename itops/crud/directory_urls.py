"""Addresses of offices and people."""

from itops.crud.directory import OFFICES, PEOPLE
from itops.crud.urls import urls

app_name = "directory"
urlpatterns = [*urls(OFFICES), *urls(PEOPLE)]
