"""Each township's counts against the Standard in force, less what is marked missing."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Sum

from inventory.marks.kind import Condition, Kind
from inventory.marks.mark import Answer, Mark
from inventory.marks.place import Count, PlaceFacts, PlaceJudgement, StandardItem, judge_place
from inventory.models import StandardItem as StandardRow
from itops.database.statements import rows
from itops.organisation.models import Office, Place

if TYPE_CHECKING:
    from inventory.actions.marking import Verdict

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
    standards = standard_items()
    generated_only = _generated_only(day)
    staff = dict(Office.objects.values_list("place").annotate(staff=Sum("staff")))
    recorded, absent = _counts(verdicts)
    return [
        PlaceKnown(
            place=place,
            judgement=judge_place(
                PlaceFacts(
                    staff=staff.get(place),
                    counts={
                        kind: Count(recorded=recorded[place, kind], absent=absent[place, kind])
                        for kind in Kind
                    },
                    generated_only=place in generated_only,
                ),
                standards,
                day,
            ),
        )
        for place in Place.objects.townships()
        .filter(offices__isnull=False)
        .distinct()
        .values_list("pk", flat=True)
    ]


def standard_items() -> list[StandardItem]:
    """Every version's items as the rules take them; the version in force is chosen by the rule."""
    return [
        StandardItem(
            kind=Kind(row.kind),
            version=row.standard.name,
            in_force_on=row.standard.starts,
            fixed=row.fixed,
            staff_percent=row.percent_of_staff,
        )
        for row in StandardRow.objects.select_related("standard")
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
