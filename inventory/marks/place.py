"""Does a place have what the Standard says? Assets marked missing do not count as present."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from inventory.marks.findings import Finding, Lack, Lacking
from inventory.marks.kind import Kind
from inventory.marks.mark import Answer, Mark
from inventory.marks.rules import PLACE_RULE


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardItem:
    """So many of a kind in a place: `fixed`, and for each office, and a percentage of the staff in post.

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
class Count:
    """Assets on the books that are not retired; `absent` of them are marked missing."""

    recorded: int = 0
    absent: int = 0
    changed_on: date | None = None  # the day on which one of the two last changed


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceFacts:
    """`staff`: authorised staff in post; None when nobody has recorded it.

    `generated_only`: all that was ever seen there is demonstration data, so nothing is said to be missing.
    """

    staff: int | None = None
    offices: int = 1
    counts: Mapping[Kind, Count] = field(default_factory=dict)
    generated_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfall:
    """A place's count of one kind against its Standard; `gap` is 0 and `finding` None when it has enough."""

    kind: Kind
    version: str
    standard: int
    have: int
    absent: int
    gap: int
    finding: Finding | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceJudgement:
    """One Shortfall for each kind that could be counted; else a Lack with the kind in its numbers."""

    shortfalls: tuple[Shortfall, ...]
    lacks: tuple[Lack, ...]

    def answer(self, kind: Kind) -> Answer:
        """Missing or not, for one kind: without a standard there is no verdict."""
        for shortfall in self.shortfalls:
            if shortfall.kind is kind:
                return Answer.MARKED if shortfall.finding else Answer.CLEAR
        return Answer.UNKNOWN


def judge_place(place: PlaceFacts, standards: Iterable[StandardItem], today: date) -> PlaceJudgement:
    """Every kind of a place against the items in force on that day."""
    if place.generated_only:
        lacking = tuple(_lack(kind, Lacking.GENERATED_ONLY) for kind in Kind)
        return PlaceJudgement(shortfalls=(), lacks=lacking)
    items = items_in_force(standards, today)
    shortfalls: list[Shortfall] = []
    lacks: list[Lack] = []
    for kind in Kind:
        asked = items.get(kind, ())
        standard = _required(asked, place)
        if standard is None:
            lacks.append(_lack(kind, Lacking.STAFF_UNKNOWN if asked else Lacking.NO_STANDARD))
        else:
            shortfalls.append(_against(asked, standard, place.counts.get(kind, Count()), today))
    return PlaceJudgement(shortfalls=tuple(shortfalls), lacks=tuple(lacks))


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


def required(item: StandardItem, staff: int, offices: int) -> int:
    """How many one item asks for: the percentage rounds half up, and the cap is never exceeded."""
    of_staff = (staff * item.staff_percent + 50) // 100
    asked = item.fixed + item.per_office * offices + of_staff
    return asked if item.cap is None else min(asked, item.cap)


def _required(items: Sequence[StandardItem], place: PlaceFacts) -> int | None:
    if not items or (place.staff is None and any(item.staff_percent for item in items)):
        return None
    return sum(required(item, place.staff or 0, place.offices) for item in items)


def _against(items: Sequence[StandardItem], standard: int, count: Count, today: date) -> Shortfall:
    have = max(count.recorded - count.absent, 0)
    gap = max(standard - have, 0)
    return Shortfall(
        kind=items[0].kind,
        version=items[0].version,
        standard=standard,
        have=have,
        absent=count.absent,
        gap=gap,
        finding=_finding(items[0], standard, have, count, today) if gap else None,
    )


def _finding(item: StandardItem, standard: int, have: int, count: Count, today: date) -> Finding:
    since = max(count.changed_on, item.in_force_on) if count.changed_on else today
    return Finding(
        mark=Mark.MISSING,
        rule=PLACE_RULE,
        marking=True,
        numbers={
            "kind": item.kind.value,
            "standard": standard,
            "have": have,
            "absent": count.absent,
            "gap": standard - have,
            "version": item.version,
        },
        window_from=item.in_force_on,
        window_to=today,
        since=since,
    )


def _lack(kind: Kind, code: Lacking) -> Lack:
    return Lack(mark=Mark.MISSING, rule=PLACE_RULE, code=code, numbers={"kind": kind.value})
