"""What stood in a county's townships in a month, gathered in a handful of queries: the input of the statistics.

Everything is taken as it was on the month's last day (or is today, while the month runs): which townships there
were and what lay in them, their staff and standard, what was on the books. What was there and fit comes from that
day's verdicts, what was used and answered from the month's evidence.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from inventory.actions.marking import Verdict, judged
from inventory.actions.policies import policies_on
from inventory.actions.provision import Provision, end_of, provision_on, townships_on
from inventory.marks.daily import DayState, days_shown
from inventory.marks.facts import Day, Witness
from inventory.marks.kind import Condition, Kind
from inventory.marks.mark import Mark
from inventory.marks.policy import Policy, PolicyError
from inventory.marks.signs import USE_RULES
from inventory.queries.cells import required
from inventory.queries.standards import AS_IT_STOOD
from itops.database.statements import Row, rows
from planning.statistics.facts import NOTHING_SEEN, Desks, Piece, Seen, Township
from planning.statistics.guards import guards
from planning.statistics.months import Month

# A place without versions was always what it is.
STOOD = """
    stood AS (
        SELECT p.id, CASE WHEN v.id IS NULL THEN p.parent_id ELSE v.parent_id END AS parent
        FROM organisation_place p
        LEFT JOIN organisation_placeversion v ON v.place_id = p.id
            AND v.starts <= %(day)s AND (v.ends IS NULL OR v.ends > %(day)s)
    )
"""
WITHIN = f"""
    WITH RECURSIVE {STOOD}, within AS (
        SELECT id AS place, id AS township FROM stood WHERE id = ANY(%(townships)s)
        UNION ALL
        SELECT s.id, w.township FROM stood s JOIN within w ON s.parent = w.place
    )
    SELECT place, township FROM within
"""
COUNTIES = f"WITH {STOOD} SELECT id, parent FROM stood WHERE id = ANY(%(townships)s) AND parent IS NOT NULL"
BOOKS = """
    SELECT a.id, a.place_id, a.kind, a.condition,
        concat_ws(' ', a.name, m.name, c.name, c.name_en)
    FROM inventory_asset a
    LEFT JOIN inventory_devicemodel m ON m.id = a.device_model_id
    LEFT JOIN inventory_assetclass c ON c.id = m.asset_class_id
    WHERE NOT a.archived AND a.condition <> 'retired' AND a.place_id = ANY(%(places)s)
      AND (NOT %(past)s OR coalesce(a.bought_on, a.in_service_on, %(day)s) <= %(day)s)
    ORDER BY a.tag
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class County:
    """A county and its townships with an office, on a day."""

    place: int
    townships: Sequence[int]


def counties_on(day: date) -> list[County]:
    """Every county with such a township, as the tree was that day."""
    offices = {one.place for one in provision_on(day) if one.offices}
    townships = sorted(townships_on(day) & offices)
    of_county: defaultdict[int, list[int]] = defaultdict(list)
    for township, county in rows(COUNTIES, {"day": day, "townships": townships}):
        of_county[county].append(township)
    return [County(place=place, townships=sorted(found)) for place, found in sorted(of_county.items())]


def last_counted(month: Month, today: date) -> date:
    """The day whose books count: the month's last, or today."""
    return min(month.last, today)


def townships_in(month: Month, day: date, townships: Collection[int]) -> list[Township]:
    """All that the rules ask of these townships."""
    inside: Mapping[int, int] = dict(rows(WITHIN, {"day": day, "townships": list(townships)}))
    books = _books(day, inside)
    seen_of = _judged(month, day, [row[0] for row in books])
    pieces: defaultdict[int, list[Piece]] = defaultdict(list)
    for row in books:
        pieces[inside[row[1]]].append(_piece(row, seen_of.get(row[0])))
    provisions = {one.place: one for one in provision_on(day, townships)}
    asked = required(provisions.values(), day)
    return [
        Township(
            place=place,
            offices=_desks(provisions.get(place)),
            asked={kind: number for (where, kind), number in asked.items() if where == place},
            pieces=pieces[place],
        )
        for place in townships
    ]


def _books(day: date, places: Iterable[int]) -> list[Row]:
    past = day < timezone.localdate()
    parameters = {"day": day, "end": end_of(day), "places": list(places), "past": past}
    return rows(f"WITH {AS_IT_STOOD} {BOOKS}" if past else BOOKS, parameters)


def _desks(provision: Provision | None) -> tuple[Desks, ...]:
    offices = provision.offices if provision else ()
    return tuple(Desks(office=one.office, staff=one.staff) for one in offices)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """A piece's verdict and what the month's evidence says of it."""

    verdict: Verdict
    seen: Seen


def _judged(month: Month, day: date, assets: Sequence[int]) -> Mapping[int, _Told]:
    """Nothing where no policy was in force: then none of it can be told."""
    try:
        policies = policies_on(day)
    except PolicyError:
        return {}
    verdicts = judged(day, assets) if assets else []
    return {
        one.known.asset: _Told(verdict=one, seen=_seen(one, policies.of(one.known.place), month, day))
        for one in verdicts
    }


def _piece(row: Row, told: _Told | None) -> Piece:
    asset, _place, kind, condition, words = row
    piece = Piece(
        asset=asset,
        kind=Kind(kind),
        under_repair=condition == Condition.UNDER_REPAIR,
        guards=guards(words),
    )
    if told is None:
        return piece
    return Piece(
        asset=asset,
        kind=piece.kind,
        missing=told.verdict.judgement.answer(Mark.MISSING),
        outdated=told.verdict.judgement.answer(Mark.OUTDATED),
        under_repair=piece.under_repair,
        confidential=told.verdict.known.facts.confidential,
        guards=piece.guards,
        seen=told.seen,
    )


def _seen(verdict: Verdict, policy: Policy, month: Month, day: date) -> Seen:
    facts = verdict.known.facts
    days = [one for one in facts.days if month.first <= one.day <= day]
    if not days:
        return NOTHING_SEEN
    states = _states(verdict, policy, month, day) if facts.kind in USE_RULES else []
    return Seen(
        asked_days=sum(one.asked_minutes > 0 for one in days),
        seen_days=sum(_answered(one) for one in days),
        used_days=states.count(DayState.USED),
        idle_days=states.count(DayState.IDLE),
        unmeasured_days=states.count(DayState.UNMEASURED),
        asked_minutes=round(sum(one.asked_minutes for one in days)),
        seen_minutes=round(sum(min(one.seen_minutes, one.asked_minutes) for one in days)),
        generated_days=sum(one.generated for one in days),
    )


def _answered(day: Day) -> bool:
    """The network saw something of it that day."""
    return day.seen_minutes > 0 or bool(day.witnesses - {Witness.PERSON})


def _states(verdict: Verdict, policy: Policy, month: Month, day: date) -> list[DayState]:
    """Each day of the month in one word, by the rules that judge."""
    shown = days_shown(verdict.known.facts, policy, day)
    return [one.state for one in shown if one.day >= month.first]
