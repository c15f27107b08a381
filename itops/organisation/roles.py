"""The roles a county begins with, as patterns over Django's permissions ("app.codename"). Pure."""

from collections.abc import Iterable
from fnmatch import fnmatchcase

WHERE_AND_WHO = (
    "organisation.view_place",
    "organisation.view_placeversion",
    "organisation.view_office",
    "organisation.view_person",
    "organisation.view_workcalendar",
    "organisation.view_calendarday",
)

DEFAULT_ROLES: dict[str, tuple[str, ...]] = {
    "county_administrator": ("organisation.*", "inventory.*", "monitoring.*"),
    "it_staff": (
        *WHERE_AND_WHO,
        "organisation.*_office",
        "organisation.*_person",
        "organisation.*_workcalendar",
        "organisation.*_calendarday",
        "inventory.*",
        "monitoring.*",
    ),
    "leadership": (*WHERE_AND_WHO, "inventory.view_*", "monitoring.view_*", "!monitoring.view_credential"),
    "auditor": (
        "organisation.view_*",
        "!organisation.view_signinlink",
        "inventory.view_*",
        "monitoring.view_*",
        "!monitoring.view_credential",
    ),
    "township_officer": (
        *WHERE_AND_WHO,
        "inventory.view_*",
        "inventory.add_sighting",
        "monitoring.view_*",
        "!monitoring.view_credential",
    ),
}


def covers(patterns: Iterable[str], permission: str) -> bool:
    """Whether a pattern allows the permission and none that begins with ! forbids it."""
    allowed = [pattern for pattern in patterns if not pattern.startswith("!")]
    forbidden = [pattern[1:] for pattern in patterns if pattern.startswith("!")]
    return _matches(allowed, permission) and not _matches(forbidden, permission)


def _matches(patterns: Iterable[str], permission: str) -> bool:
    return any(fnmatchcase(permission, pattern) for pattern in patterns)
