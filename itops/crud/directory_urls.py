"""Addresses of places, offices and people."""

from django.urls import path

from itops.crud import staff_numbers
from itops.crud.directory import OFFICES, PEOPLE
from itops.crud.divisions import PLACES
from itops.crud.staff_over_time import STAFF_NUMBERS
from itops.crud.urls import urls

app_name = "directory"
urlpatterns = [
    *urls(OFFICES),
    path("offices/<int:pk>/staff/", staff_numbers.add, name="office_staff"),
    *urls(PEOPLE),
    *urls(PLACES),
    *urls(STAFF_NUMBERS),
]
