"""One module per noun; everything is importable from here."""

from itops.organisation.models.account import Grant, Role, SignInLink, User
from itops.organisation.models.calendar import CalendarDay, WorkCalendar
from itops.organisation.models.office import Office, OfficeStaff, Person
from itops.organisation.models.place import Level, Place, PlaceVersion

__all__ = [
    "CalendarDay",
    "Grant",
    "Level",
    "Office",
    "OfficeStaff",
    "Person",
    "Place",
    "PlaceVersion",
    "Role",
    "SignInLink",
    "User",
    "WorkCalendar",
]
