"""One module per noun; everything is importable from here."""

from itops.organisation.models.access_record import AccessRecord
from itops.organisation.models.account import Grant, Role, User
from itops.organisation.models.calendar import CalendarDay, WorkCalendar
from itops.organisation.models.office import Establishment, Office, OfficeStaff, Person
from itops.organisation.models.place import Level, Place, PlaceVersion
from itops.organisation.models.sign_in import (
    ExternalIdentity,
    FailureCount,
    RecoveryCode,
    SecondFactor,
    SignInLink,
)
from itops.organisation.models.token import Token

__all__ = [
    "AccessRecord",
    "CalendarDay",
    "Establishment",
    "ExternalIdentity",
    "FailureCount",
    "Grant",
    "Level",
    "Office",
    "OfficeStaff",
    "Person",
    "Place",
    "PlaceVersion",
    "RecoveryCode",
    "Role",
    "SecondFactor",
    "SignInLink",
    "Token",
    "User",
    "WorkCalendar",
]
