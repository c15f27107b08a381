"""How many of a kind the Standard in force asks of a place: its items, its offices' staff, what people excepted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from inventory.marks.kind import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardItem:
    """So many of a kind in a place: `fixed`, and for each office, and a percentage of each office's staff in post.

    In force from `in_force_on` up to and including `until`. `cap` bounds the whole, never below zero.
    """

    kind: Kind
    version: str
    in_force_on: date
    until: date | None = None
    fixed: int = 0
    per_office: int = 0
    staff_percent: int = 0
    cap: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """Somebody decided how many it should be, whatever the Standard says, from a day on."""

    quantity: int
    starts: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeFacts:
    """`staff`: authorised staff in post; None when nobody has recorded it."""

    office: int = 0
    staff: int | None = None
    overrides: Mapping[Kind, Override] = field(default_factory=dict)


def items_in_force(standards: Iterable[StandardItem], today: date) -> dict[Kind, Sequence[StandardItem]]:
    """For each kind the items that started last among those valid; several that start together add up."""
    chosen: dict[Kind, list[StandardItem]] = {}
    for item in standards:
        if item.in_force_on > today or (item.until is not None and item.until < today):
            continue
        held = chosen.get(item.kind, [])
        if not held or item.in_force_on > held[0].in_force_on:
            chosen[item.kind] = [item]
        elif item.in_force_on == held[0].in_force_on:
            held.append(item)
    return {kind: tuple(items) for kind, items in chosen.items()}


def required(item: StandardItem, staff: Iterable[int]) -> int:
    """How many one item asks of a place with offices of so many staff, never more than its cap."""
    asked = item.fixed + sum(of_office(item, number) for number in staff)
    return asked if item.cap is None else min(asked, item.cap)


def of_office(item: StandardItem, staff: int) -> int:
    """One office's part; the percentage rounds half up."""
    return item.per_office + (staff * item.staff_percent + 50) // 100


def asked(
    kind: Kind,
    items: Sequence[StandardItem],
    offices: Sequence[OfficeFacts],
    override: Override | None = None,
) -> int | None:
    """How many of a kind a place should have; None when nothing asks for it or a needed number is not known."""
    if override:
        return override.quantity
    excepted = [office.overrides[kind].quantity for office in offices if kind in office.overrides]
    if not items:
        return sum(excepted) if excepted else None
    staff = [office.staff for office in offices if kind not in office.overrides]
    if any(item.staff_percent for item in items) and (None in staff or not offices):
        return None
    return sum(required(item, (number or 0 for number in staff)) for item in items) + sum(excepted)


def staff_per_computer(staff: int | None, computers: int) -> float | None:
    """People to a computer, to two places; None without computers or where the staff is not known."""
    return round(staff / computers, 2) if staff is not None and computers else None
