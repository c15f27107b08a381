"""The roles a county begins with, as patterns over Django's permissions ("app.codename"). Pure."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from fnmatch import fnmatchcase

Held = dict[str, list[str]]
"""Paths of the places by the permission that is held under them."""

WHERE = (
    "organisation.view_place",
    "organisation.view_placeversion",
    "organisation.view_office",
    "organisation.view_workcalendar",
    "organisation.view_calendarday",
)
WHERE_AND_WHO = (*WHERE, "organisation.view_person")
ATTACHED = ("files.view_*", "extras.view_*")
EQUIPMENT = ("inventory.view_*", "monitoring.view_*", "!monitoring.view_credential")
SKILLED = ("workforce.view_*",)
PEOPLE_AT_WORK = (
    *("post", "postskill", "assignment", "responsibility"),
    *("skillgroup", "skill", "equipmentskill", "heldskill", "formerrank"),
)
HOLDS_SESSIONS = (
    *("workforce.add_trainingsession", "workforce.change_trainingsession", "workforce.*_enrolment"),
    "workforce.add_attendance",
)
TRAINS = (
    *HOLDS_SESSIONS,
    *("workforce.*_course", "workforce.*_trainingplan", "workforce.*_trainingsession"),
    *("workforce.approve_attendance", "workforce.reverse_attendance", "workforce.add_legacytraining"),
    *("workforce.*_paper", "workforce.*_attempt", "workforce.*_certificate", "workforce.change_targetsheet"),
)
LINES_STAY = ("!planning.change_ledgerline", "!planning.delete_ledgerline")  # taken back by another line
PLANS = ("planning.*_remedyterms", "planning.*_scenario", "planning.add_plan")
HANDS_IN = ("inventory.add_sighting", "inventory.add_request", "files.add_attachment", "extras.add_note")
TYPES_IN = ("inventory.*_systemuse", "inventory.*_manualentry")
COMPARES = (
    *("inventory.*_statisticaldefinition", "inventory.*_systemfigure", "inventory.add_mismatchexplanation"),
    *TYPES_IN,
)
SYSTEMS = ("inventory.*_businesssystem", "inventory.*_systemexchange", *COMPARES)

DEFAULT_ROLES: dict[str, tuple[str, ...]] = {
    "county_administrator": (
        "organisation.*",
        "audit.*",
        "files.*",
        "extras.*",
        "notify.*",
        "inventory.*",
        "monitoring.*",
        "workforce.*",
        "planning.*",
        *LINES_STAY,
    ),
    "it_staff": (
        *WHERE_AND_WHO,
        "organisation.*_office",
        "organisation.*_person",
        "organisation.*_workcalendar",
        "organisation.*_calendarday",
        "files.*",
        "audit.view_change",
        "extras.*",
        "!extras.add_customfield",
        "!extras.change_customfield",
        "!extras.delete_customfield",
        "inventory.*",
        "monitoring.*",
        "workforce.view_*",
        *(f"workforce.*_{name}" for name in PEOPLE_AT_WORK),
        *TRAINS,
        "planning.view_*",
        "planning.add_receipt",
        *PLANS,
    ),
    "business_section": (
        *WHERE_AND_WHO,
        *EQUIPMENT,
        *ATTACHED,
        *SKILLED,
        *HANDS_IN,
        *TRAINS,
        *SYSTEMS,
        "inventory.change_request",
        "workforce.sign_targetsheet",
        *("planning.*", *LINES_STAY, "!planning.publish_plan"),
    ),
    "statistician": (
        *WHERE_AND_WHO,
        *EQUIPMENT,
        *ATTACHED,
        *SKILLED,
        "organisation.change_office",
        "inventory.*_standard",
        "inventory.*_standarditem",
        *COMPARES,
        "planning.view_*",
    ),
    "township_officer": (
        *WHERE_AND_WHO,
        *EQUIPMENT,
        *ATTACHED,
        *SKILLED,
        *HANDS_IN,
        *TYPES_IN,
        *HOLDS_SESSIONS,
    ),
    "leadership": (
        *(*WHERE_AND_WHO, *EQUIPMENT, *ATTACHED, *SKILLED),
        *("planning.view_*", "planning.publish_plan", "planning.advance_project"),
    ),
    "auditor": (
        "organisation.view_*",
        "!organisation.view_signinlink",
        *("workforce.export_logentry", "workforce.add_checkpoint"),
        "audit.view_change",
        "notify.view_webhook",
        *EQUIPMENT,
        *ATTACHED,
        *SKILLED,
        "planning.view_*",
    ),
    "city_reader": (*WHERE, *EQUIPMENT),
    "machine": (
        *WHERE,
        *EQUIPMENT,
        "inventory.add_*",
        "inventory.change_*",
        "!inventory.*_mark",
        "!inventory.*_waiver",
        "!inventory.add_policyversion",
        "!inventory.change_policyversion",
        "!inventory.*_mismatchexplanation",
    ),
    "account_administrator": (
        *WHERE_AND_WHO,
        "organisation.add_person",
        "organisation.change_person",
        "organisation.*_user",
        "organisation.view_role",
        "organisation.view_grant",
    ),
    "security_administrator": (
        *WHERE_AND_WHO,
        "organisation.view_user",
        "organisation.view_role",
        "organisation.change_role",
        "organisation.*_grant",
    ),
}


class Power(StrEnum):
    """What the separation of duties (三员分立) keeps in different hands."""

    ACCOUNTS = "accounts"
    GRANTS = "grants"
    AUDIT = "audit"


POWERS: dict[Power, frozenset[str]] = {
    Power.ACCOUNTS: frozenset(f"organisation.{act}_user" for act in ("add", "change", "delete")),
    Power.GRANTS: frozenset(
        ["organisation.change_role", *(f"organisation.{act}_grant" for act in ("add", "change", "delete"))]
    ),
    Power.AUDIT: frozenset(["organisation.view_accessrecord"]),
}


def powers(permissions: Iterable[str]) -> set[Power]:
    """Which of the three these permissions give."""
    given = set(permissions)
    return {power for power, its_own in POWERS.items() if its_own & given}


def without_combined_powers(held: Mapping[str, list[str]]) -> Held:
    """Whoever holds two of the three powers or more has none of them."""
    combined = powers(held)
    taken = frozenset().union(*(POWERS[power] for power in combined)) if len(combined) > 1 else frozenset()
    return {permission: paths for permission, paths in held.items() if permission not in taken}


def holds_all_of(mine: Mapping[str, list[str]], other: Mapping[str, Iterable[str]]) -> bool:
    """Whether every permission of the other is held under the same places or above them."""
    return all(
        any(lies_under(path, above) for above in mine.get(permission, ()))
        for permission, paths in other.items()
        for path in paths
    )


def narrowed(held: Mapping[str, list[str]], *, read_only: bool, within: str | None) -> Held:
    """What is left when only looking is allowed, or only one place and what lies under it."""
    kept = {
        permission: paths if within is None else _within(paths, within)
        for permission, paths in held.items()
        if not read_only or permission.partition(".")[2].startswith("view_")
    }
    return {permission: paths for permission, paths in kept.items() if paths}


def lies_under(path: str, above: str) -> bool:
    """Whether a place's path is this one or lies below it."""
    return path == above or path.startswith(above + ".")


def covers(patterns: Iterable[str], permission: str) -> bool:
    """Whether a pattern allows the permission and none that begins with ! forbids it."""
    allowed = [pattern for pattern in patterns if not pattern.startswith("!")]
    forbidden = [pattern[1:] for pattern in patterns if pattern.startswith("!")]
    return _matches(allowed, permission) and not _matches(forbidden, permission)


def _matches(patterns: Iterable[str], permission: str) -> bool:
    return any(fnmatchcase(permission, pattern) for pattern in patterns)


def _within(paths: Iterable[str], place: str) -> list[str]:
    if any(lies_under(place, path) for path in paths):
        return [place]
    return [path for path in paths if lies_under(path, place)]
