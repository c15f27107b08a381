"""The names of all rules: `mark.kind.what`. Translations, policies and docs are checked against them."""

from fnmatch import fnmatchcase

from inventory.marks.kind import Kind

EVERY_KIND = tuple(Kind)
PLACE_RULE = "missing.place.below_standard"
KINDS_OF: dict[tuple[str, str], tuple[Kind, ...]] = {
    ("missing", "silent_unconfirmed"): EVERY_KIND,
    ("missing", "not_found"): EVERY_KIND,
    ("outdated", "past_minimum_years"): EVERY_KIND,
    ("outdated", "unsupported_os"): EVERY_KIND,
    ("outdated", "unsupported_model"): EVERY_KIND,
    ("outdated", "below_need"): (Kind.COMPUTER, Kind.NETWORK_LINK, Kind.SERVER),
    ("outdated", "saturated"): (Kind.NETWORK_LINK,),
    ("outdated", "repeated_repairs"): EVERY_KIND,
    ("outdated", "maintenance_overdue"): EVERY_KIND,
    ("unused", "silent"): EVERY_KIND,
    ("unused", "no_users"): (Kind.COMPUTER,),
    ("unused", "no_calls"): (Kind.CONFERENCE_ROOM, Kind.VIDEO_ENDPOINT),
    ("unused", "unchanged_content"): (Kind.NOTICE_BOARD,),
    ("unused", "display_off"): (Kind.NOTICE_BOARD, Kind.DISPLAY),
    ("unused", "idle"): (Kind.NETWORK_LINK,),
    ("unused", "no_pages"): (Kind.PRINTER,),
    ("unused", "no_load"): (Kind.UPS,),
}
RULES = (
    PLACE_RULE,
    *(f"{mark}.{kind}.{what}" for (mark, what), kinds in KINDS_OF.items() for kind in kinds),
)


def expand_rule(pattern: str) -> tuple[str, ...]:
    """The rules that a pattern with `*` for a kind stands for."""
    return tuple(rule for rule in RULES if fnmatchcase(rule, pattern))
