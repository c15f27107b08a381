"""Each township's counts against the Standard in force, less what is marked missing."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from inventory.actions.provision import Provision, provision_on
from inventory.marks.kind import Condition, Kind
from inventory.marks.mark import Answer, Mark
from inventory.marks.place import Count, PlaceFacts, PlaceJudgement, judge_place
from itops.database.statements import rows

if TYPE_CHECKING:
    from inventory.actions.marking import Verdict

Counts = Mapping[tuple[int, Kind], Count]

# Places of which everything seen so far is demonstration data.
GENERATED_ONLY = """
    SELECT e.place_id FROM inventory_endpoint e JOIN inventory_evidenceday d ON d.endpoint_id = e.id
    WHERE d.day > %(day)s - 90 AND d.day <= %(day)s AND d.seen_minutes > 0
    GROUP BY e.place_id HAVING bool_and(d.generated)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceKnown:
    """One township and its shortfalls."""

    place: int
    judgement: PlaceJudgement


def judged_places(verdicts: Sequence["Verdict"], day: date) -> list[PlaceKnown]:
    """Every township's counts judged against the Standard in force on `day`."""
    recorded, absent = _counts(verdicts)
    counts: Counts = {key: Count(recorded=number, absent=absent[key]) for key, number in recorded.items()}
    return judge_provisions(provision_on(day), counts, day)


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


def _counts(verdicts: Sequence["Verdict"]) -> tuple[Counter[tuple[int, Kind]], Counter[tuple[int, Kind]]]:
    recorded: Counter[tuple[int, Kind]] = Counter()
    absent: Counter[tuple[int, Kind]] = Counter()
    for verdict in verdicts:
        facts = verdict.known.facts
        if facts.condition is not Condition.RETIRED:
            recorded[verdict.known.place, facts.kind] += 1
            absent[verdict.known.place, facts.kind] += verdict.judgement.answer(Mark.MISSING) is Answer.MARKED
    return recorded, absent


def _generated_only(day: date) -> set[int]:
    return {row[0] for row in rows(GENERATED_ONLY, {"day": day})}
