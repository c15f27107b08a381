"""Each township's counts against the Standard in force, less what is marked missing."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from inventory.actions.observed import tables
from inventory.actions.provision import Provision, provision_on
from inventory.marks.facts import AssetFacts
from inventory.marks.kind import Condition, Kind
from inventory.marks.mark import Answer, Mark
from inventory.marks.place import Count, PlaceFacts, PlaceJudgement, judge_place
from itops.database.statements import Row, rows

if TYPE_CHECKING:
    from inventory.actions.marking import Verdict

Counts = Mapping[tuple[int, Kind], Count]

GENERATED = """
    SELECT EXISTS (SELECT FROM inventory_evidenceblock b WHERE b.generated AND b.day >= %(first)s AND b.day <= %(day)s)
        OR EXISTS (SELECT FROM inventory_evidenceday e WHERE e.generated AND e.day >= %(first)s AND e.day <= %(day)s)
"""
PLACES = "SELECT id, place_id FROM inventory_endpoint"
LOOKED_BACK = timedelta(days=89)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceKnown:
    """One township and its shortfalls."""

    place: int
    judgement: PlaceJudgement


@dataclass(slots=True)
class Counted:
    """What stands in each place, kind by kind, and what of it is marked missing."""

    recorded: Counter[tuple[int, Kind]] = field(default_factory=Counter)
    absent: Counter[tuple[int, Kind]] = field(default_factory=Counter)

    def add(self, place: int, facts: AssetFacts, missing: Answer) -> None:
        if facts.condition is not Condition.RETIRED:
            self.recorded[place, facts.kind] += 1
            self.absent[place, facts.kind] += missing is Answer.MARKED

    @property
    def counts(self) -> Counts:
        return {key: Count(recorded=number, absent=self.absent[key]) for key, number in self.recorded.items()}


def counted(rows: Iterable[Row]) -> Counts:
    """Of rows (place, kind, retired, answer about missing, …, how many)."""
    found = Counted()
    for place, kind, retired, missing, *_, pieces in rows:
        if not retired:
            found.recorded[place, Kind(kind)] += pieces
            found.absent[place, Kind(kind)] += pieces if missing == Answer.MARKED.value else 0
    return found.counts


def judged_places(verdicts: Iterable["Verdict"], day: date) -> list[PlaceKnown]:
    """Every township's counts judged against the Standard in force on `day`."""
    found = Counted()
    for one in verdicts:
        found.add(one.known.place, one.known.facts, one.judgement.answer(Mark.MISSING))
    return judge_provisions(provision_on(day), found.counts, day)


def judge_provisions(provisions: Iterable[Provision], counts: Counts, day: date) -> list[PlaceKnown]:
    """Places, what is asked of each, and what was counted there, put together."""
    unproven = _generated_only(day)
    return [
        PlaceKnown(
            place=one.place,
            judgement=judge_place(
                PlaceFacts(
                    offices=one.offices,
                    overrides=one.overrides,
                    counts={kind: counts[one.place, kind] for kind in Kind if (one.place, kind) in counts},
                    generated_only=one.place in unproven,
                ),
                one.standards,
                day,
            ),
        )
        for one in provisions
    ]


def _generated_only(day: date) -> set[int]:
    """Places of which everything seen so far is demonstration data."""
    first = day - LOOKED_BACK
    if not rows(GENERATED, {"first": first, "day": day})[0][0]:
        return set()
    generated, real = set[int](), set[int]()
    for _, table in tables(first, day, names=("seen_minutes", "generated")):
        there, invented = table.numbers["seen_minutes"] > 0, table.numbers["generated"] > 0
        generated.update(table.endpoint[there & invented].tolist())
        real.update(table.endpoint[there & ~invented].tolist())
    place_of: dict[int, int] = dict(rows(PLACES, {}))
    return {place_of.get(one, 0) for one in generated} - {place_of.get(one, 0) for one in real}
