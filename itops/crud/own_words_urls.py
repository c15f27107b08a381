"""Addresses of tags and of the county's own fields."""

from itops.crud.own_words import CUSTOM_FIELDS, TAGS
from itops.crud.urls import urls

app_name = "own"
urlpatterns = [*urls(TAGS), *urls(CUSTOM_FIELDS)]
