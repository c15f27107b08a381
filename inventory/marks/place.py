"""Does a place have what the Standard says? Assets marked missing do not count as present."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from inventory.marks.findings import Finding, Lack, Lacking
from inventory.marks.kind import Kind
from inventory.marks.mark import Answer, Mark
from inventory.marks.rules import PLACE_RULE
from inventory.marks.standard import OfficeFacts, Override, StandardItem, asked, items_in_force


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """Assets on the books that are not retired; `absent` of them are marked missing."""

    recorded: int = 0
    absent: int = 0
    changed_on: date | None = None  # the day on which one of the two last changed


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceFacts:
    """Its offices, what is counted there, and where somebody excepted the whole place from the Standard.

    `generated_only`: all that was ever seen there is demonstration data, so nothing is said to be missing.
    """

    offices: tuple[OfficeFacts, ...] = ()
    overrides: Mapping[Kind, Override] = field(default_factory=dict)
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
        asking = items.get(kind, ())
        standard = asked(kind, asking, place.offices, place.overrides.get(kind))
        if standard is None:
            lacks.append(_lack(kind, Lacking.STAFF_UNKNOWN if asking else Lacking.NO_STANDARD))
        else:
            basis = _basis(kind, asking, place)
            shortfalls.append(_against(basis, standard, place.counts.get(kind, Count()), today))
    return PlaceJudgement(shortfalls=tuple(shortfalls), lacks=tuple(lacks))


@dataclass(frozen=True, slots=True)
class _Basis:
    """Where the number comes from, and since when it is so."""

    kind: Kind
    version: str
    starts: date
    excepted: bool


def _basis(kind: Kind, items: Sequence[StandardItem], place: PlaceFacts) -> _Basis:
    overrides = [place.overrides.get(kind), *(office.overrides.get(kind) for office in place.offices)]
    excepted = [override.starts for override in overrides if override]
    return _Basis(
        kind=kind,
        version=items[0].version if items else "",
        starts=max([*excepted, *(item.in_force_on for item in items)]),
        excepted=bool(excepted),
    )


def _against(basis: _Basis, standard: int, count: Count, today: date) -> Shortfall:
    have = max(count.recorded - count.absent, 0)
    gap = max(standard - have, 0)
    return Shortfall(
        kind=basis.kind,
        version=basis.version,
        standard=standard,
        have=have,
        absent=count.absent,
        gap=gap,
        finding=_finding(basis, standard, have, count, today) if gap else None,
    )


def _finding(basis: _Basis, standard: int, have: int, count: Count, today: date) -> Finding:
    since = max(count.changed_on, basis.starts) if count.changed_on else today
    return Finding(
        mark=Mark.MISSING,
        rule=PLACE_RULE,
        marking=True,
        numbers={
            "kind": basis.kind.value,
            "standard": standard,
            "have": have,
            "absent": count.absent,
            "gap": standard - have,
            "version": basis.version,
            **({"excepted": 1} if basis.excepted else {}),
        },
        window_from=basis.starts,
        window_to=today,
        since=since,
    )


def _lack(kind: Kind, code: Lacking) -> Lack:
    return Lack(mark=Mark.MISSING, rule=PLACE_RULE, code=code, numbers={"kind": kind.value})
