"""Figures of two systems that differ though period, definition (and so unit) and reporting unit are the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from itops.database.statements import rows
from itops.organisation.models import Office, User
from itops.organisation.scope import visible

SEEN = "inventory.view_systemfigure"
# An explanation holds for the two values it was given for: once one is corrected, the two are compared anew.
MISMATCHES = """
    SELECT one.id, other.id, one.definition_id, one.office_id, one.starts, one.ends, one.system_id, other.system_id,
        one.value, other.value, coalesce(e.reason, ''), coalesce(e.author, ''), e.at
    FROM inventory_systemfigure one
    JOIN inventory_systemfigure other ON other.definition_id = one.definition_id
        AND other.office_id = one.office_id AND other.starts = one.starts AND other.ends = one.ends
        AND other.id > one.id AND other.value <> one.value
    LEFT JOIN LATERAL (
        SELECT reason, author, at FROM inventory_mismatchexplanation
        WHERE one_id = one.id AND other_id = other.id AND one_value = one.value AND other_value = other.value
        ORDER BY at DESC, id DESC LIMIT 1
    ) e ON true
    WHERE one.office_id = ANY (%(offices)s)
    ORDER BY e.at IS NOT NULL, one.ends DESC, one.definition_id, one.office_id, one.id, other.id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mismatch:
    """Two figures, the one with the smaller key first; `reason` is "" until somebody explains them."""

    one: int
    other: int
    definition: int
    office: int
    starts: date
    ends: date
    one_system: int
    other_system: int
    one_value: Decimal
    other_value: Decimal
    reason: str
    author: str
    at: datetime | None

    @property
    def explained(self) -> bool:
        return self.at is not None

    @property
    def difference(self) -> Decimal:
        return self.other_value - self.one_value


NAMES = (
    *("one", "other", "definition", "office", "starts", "ends", "one_system", "other_system"),
    *("one_value", "other_value", "reason", "author", "at"),
)


def mismatches(user: User) -> Sequence[Mismatch]:
    """What the account sees, the unexplained first, then the latest. Two statements."""
    offices = visible(Office.objects.all(), user, SEEN).order_by().values_list("pk", flat=True)
    found = rows(MISMATCHES, {"offices": list(offices)})
    return [Mismatch(**dict(zip(NAMES, row, strict=True))) for row in found]
