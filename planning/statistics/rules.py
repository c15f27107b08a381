"""What each figure counts: for a township the lines that its numerator and denominator are the sums of."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from inventory.marks.kind import Kind
from inventory.marks.mark import Answer
from inventory.marks.signs import USE_RULES
from planning.statistics.facts import Piece, Township


class Rule(StrEnum):
    """The ways of counting that the program knows."""

    COMPUTERS_PROVIDED = "computers_provided"
    EQUIPMENT_PROVIDED = "equipment_provided"
    STAFF_PER_COMPUTER = "staff_per_computer"
    NETWORK_COVERAGE = "network_coverage"
    COMPUTERS_CONNECTED = "computers_connected"
    SECURITY_PROVIDED = "security_provided"
    SERVICEABLE = "serviceable"
    IN_USE = "in_use"
    ROOMS_USED = "rooms_used"
    LINKS_ONLINE = "links_online"


class Lacking(StrEnum):
    """Why there is no figure."""

    STAFF_UNKNOWN = "staff_unknown"
    NO_STANDARD = "no_standard"
    CANNOT_TELL = "cannot_tell"  # there is something, but nothing was observed of it
    NOTHING_THERE = "nothing_there"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that was counted: an asset, an office, a kind, or the township as a whole.

    `untold`: it counts neither way, because nobody could tell; `generated`: it rests on demonstration data.
    """

    asset: int | None = None
    office: int | None = None
    kind: Kind | None = None
    part: int = 0
    whole: int = 0
    untold: int = 0
    generated: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Numerator and denominator, both kept; `lacking` says why they make no figure."""

    part: int = 0
    whole: int = 0
    untold: int = 0
    generated: int = 0
    townships: int = 1
    lacking: Lacking | None = None


def lines(rule: Rule, township: Township) -> Sequence[Line] | Lacking:
    """What the figure counts there, line by line; or why that cannot be said."""
    return RULES[rule](township)


def counted(rule: Rule, township: Township) -> Counted:
    """The sum of the lines."""
    found = lines(rule, township)
    if isinstance(found, Lacking):
        return Counted(townships=0, lacking=found)
    return _judged(rule, _sum(found), townships=1)


def together(rule: Rule, townships: Iterable[Counted]) -> Counted:
    """The county's: of all townships of which it can be said, numerators and denominators added up."""
    known = [one for one in townships if one.townships]
    return _judged(rule, _sum(known), townships=len(known))


def _sum(found: Iterable[Line | Counted]) -> tuple[int, int, int, int]:
    part = whole = untold = generated = 0
    for one in found:
        part, whole = part + one.part, whole + one.whole
        untold, generated = untold + one.untold, generated + one.generated
    return part, whole, untold, generated


def _judged(rule: Rule, sums: tuple[int, int, int, int], *, townships: int) -> Counted:
    part, whole, untold, generated = sums
    return Counted(
        part=part,
        whole=whole,
        untold=untold,
        generated=generated,
        townships=townships,
        lacking=None if whole else _why_none(rule, untold),
    )


def _why_none(rule: Rule, untold: int) -> Lacking:
    if untold:
        return Lacking.CANNOT_TELL
    return Lacking.NO_STANDARD if rule in ASK_THE_STANDARD else Lacking.NOTHING_THERE


def _computers_provided(township: Township) -> Sequence[Line] | Lacking:
    return list(_provided(township, [Kind.COMPUTER]))


def _equipment_provided(township: Township) -> Sequence[Line] | Lacking:
    return list(_provided(township, Kind))


def _provided(township: Township, kinds: Iterable[Kind]) -> Iterator[Line]:
    """A surplus of one kind or township covers no other's lack."""
    for kind in kinds:
        if asked := township.asked.get(kind):
            yield Line(kind=kind, part=min(township.present(kind), asked), whole=asked)


def _staff_per_computer(township: Township) -> Sequence[Line] | Lacking:
    if any(desk.staff is None for desk in township.offices):
        return Lacking.STAFF_UNKNOWN
    staff = [Line(office=desk.office, part=desk.staff or 0) for desk in township.offices]
    computers = [
        Line(asset=one.asset, kind=one.kind, whole=1) for one in township.of_kind(Kind.COMPUTER) if one.there
    ]
    return [*staff, *computers]


def _network_coverage(township: Township) -> Sequence[Line] | Lacking:
    return _at_least_one(township, township.of_kind(Kind.NETWORK_LINK))


def _security_provided(township: Township) -> Sequence[Line] | Lacking:
    return _at_least_one(township, [one for one in township.pieces if one.guards])


def _at_least_one(township: Township, pieces: Sequence[Piece]) -> Sequence[Line]:
    """The township counts as one, by the first of those that are there."""
    first = next((one for one in pieces if one.there), None)
    if first is None:
        return [Line(whole=1)]
    return [Line(asset=first.asset, kind=first.kind, part=1, whole=1)]


def _computers_connected(township: Township) -> Sequence[Line] | Lacking:
    return [_of_piece(one, _answered(one)) for one in township.of_kind(Kind.COMPUTER) if one.there]


def _answered(piece: Piece) -> bool | None:
    """Silence counts only where it could be heard; of a confidential network nothing is heard."""
    if piece.seen.seen_days:
        return True
    return False if piece.seen.asked_days and not piece.confidential else None


def _rooms_used(township: Township) -> Sequence[Line] | Lacking:
    return [_of_piece(one, _used(one)) for one in township.of_kind(Kind.CONFERENCE_ROOM) if one.there]


def _used(piece: Piece) -> bool | None:
    if piece.seen.used_days:
        return True
    return False if piece.seen.idle_days else None


def _of_piece(piece: Piece, answer: bool | None) -> Line:
    if answer is None:
        return Line(asset=piece.asset, kind=piece.kind, untold=1)
    made_up = int(piece.seen.generated_days > 0)
    return Line(asset=piece.asset, kind=piece.kind, part=int(answer), whole=1, generated=made_up)


def _serviceable(township: Township) -> Sequence[Line] | Lacking:
    return [_serviceable_line(one) for one in township.pieces if one.kind is not Kind.BUSINESS_SYSTEM]


def _serviceable_line(piece: Piece) -> Line:
    """Not there, marked outdated or under repair is no; what could not be judged is neither."""
    if not piece.there or piece.outdated is Answer.MARKED or piece.under_repair:
        return Line(asset=piece.asset, kind=piece.kind, whole=1)
    if Answer.UNKNOWN in (piece.missing, piece.outdated):
        return Line(asset=piece.asset, kind=piece.kind, untold=1)
    return Line(asset=piece.asset, kind=piece.kind, part=1, whole=1)


def _in_use(township: Township) -> Sequence[Line] | Lacking:
    """Days of use among the days on which use would have been seen, of the kinds whose use can be measured."""
    return [
        Line(
            asset=one.asset,
            kind=one.kind,
            part=one.seen.used_days,
            whole=one.seen.used_days + one.seen.idle_days,
            untold=int(not one.seen.used_days + one.seen.idle_days),
            generated=int(one.seen.generated_days > 0),
        )
        for one in township.pieces
        if one.there and one.kind in USE_RULES
    ]


def _links_online(township: Township) -> Sequence[Line] | Lacking:
    return [_online(one) for one in township.of_kind(Kind.NETWORK_LINK) if one.there]


def _online(piece: Piece) -> Line:
    asked = piece.seen.asked_minutes
    return Line(
        asset=piece.asset,
        kind=piece.kind,
        part=min(piece.seen.seen_minutes, asked),
        whole=asked,
        untold=int(not asked),
        generated=int(piece.seen.generated_days > 0),
    )


RULES: Mapping[Rule, Callable[[Township], Sequence[Line] | Lacking]] = {
    Rule.COMPUTERS_PROVIDED: _computers_provided,
    Rule.EQUIPMENT_PROVIDED: _equipment_provided,
    Rule.STAFF_PER_COMPUTER: _staff_per_computer,
    Rule.NETWORK_COVERAGE: _network_coverage,
    Rule.COMPUTERS_CONNECTED: _computers_connected,
    Rule.SECURITY_PROVIDED: _security_provided,
    Rule.SERVICEABLE: _serviceable,
    Rule.IN_USE: _in_use,
    Rule.ROOMS_USED: _rooms_used,
    Rule.LINKS_ONLINE: _links_online,
}
ASK_THE_STANDARD = frozenset({Rule.COMPUTERS_PROVIDED, Rule.EQUIPMENT_PROVIDED})
