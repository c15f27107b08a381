"""Hold what projects promised against evidence, 3, 6 and 12 months after their things came."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings

from itops.database.statements import rows
from planning.models import Promise, PromiseResult, Received
from planning.projects.promises import (
    STRETCHES,
    Measure,
    PieceDay,
    due_on,
    measured,
    stretch,
)

# A room's witnesses are its video endpoints; of several witnesses of a day the one that saw most counts.
DAYS = """
    SELECT bound.asset_id, e.day, max(e.open_minutes), max(e.observable_minutes), max(e.seen_minutes),
        max(e.used_minutes), max(e.users), max(e.calls), max(e.pages), max(e.content_changes), bool_and(e.generated)
    FROM unnest(%(assets)s::bigint[], %(firsts)s::date[], %(lasts)s::date[]) AS piece(id, first, last)
    JOIN (
        SELECT asset_id, endpoint_id, during FROM inventory_binding
        UNION ALL
        SELECT a.whole_id, b.endpoint_id, b.during FROM inventory_binding b
        JOIN inventory_asset a ON a.id = b.asset_id AND a.kind = 'video_endpoint' AND a.whole_id IS NOT NULL
    ) bound ON bound.asset_id = piece.id
    JOIN inventory_evidenceday e ON e.endpoint_id = bound.endpoint_id AND e.day BETWEEN piece.first AND piece.last
    WHERE lower(bound.during) < (e.day + 1)::timestamp AT TIME ZONE %(zone)s
      AND (upper(bound.during) IS NULL OR upper(bound.during) > e.day::timestamp AT TIME ZONE %(zone)s)
    GROUP BY bound.asset_id, e.day
"""


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that came, and when."""

    asset: int
    came: date


def measure_due(today: date) -> int:
    """Measure what is over and was not measured yet, or of which more has come since; how many results changed."""
    promises = list(Promise.objects.select_related("project"))
    came = pieces_of({one.project_id for one in promises})
    known = {(one.promise_id, one.months): one.pieces for one in PromiseResult.objects.all()}
    fresh = [
        _result(promise, months, pieces, today)
        for promise in promises
        for months in STRETCHES
        if (pieces := _over(came[promise.project_id, promise.kind], months, today))
        and known.get((promise.pk, months)) != len(pieces)
    ]
    PromiseResult.objects.bulk_create(
        fresh,
        update_conflicts=True,
        unique_fields=["promise", "months"],
        update_fields=["pieces", "watched", "days", "part", "whole", "generated", "measured_on"],
    )
    return len(fresh)


def pieces_of(projects: Iterable[int]) -> Mapping[tuple[int, str], Sequence[Piece]]:
    """What came in each project, by kind; what went back (is archived) is left out."""
    found: defaultdict[tuple[int, str], list[Piece]] = defaultdict(list)
    there = Received.objects.filter(receipt__project__in=list(projects), asset__archived=False)
    names = ("receipt__project", "asset__kind", "asset", "receipt__day")
    for project, kind, asset, day in there.order_by("asset").values_list(*names):
        found[project, kind].append(Piece(asset, day))
    return found


def _over(pieces: Sequence[Piece], months: int, today: date) -> list[Piece]:
    return [one for one in pieces if due_on(one.came, months) <= today]


def _result(promise: Promise, months: int, pieces: Sequence[Piece], today: date) -> PromiseResult:
    watched = _watched(pieces, months)
    measure = Measure(promise.measure)
    found = measured(measure, (day for days in watched.values() for day, _generated in days))
    return PromiseResult(
        promise=promise,
        months=months,
        pieces=len(pieces),
        watched=sum(
            measured(measure, (day for day, _generated in days)).days > 0 for days in watched.values()
        ),
        days=found.days,
        part=found.part,
        whole=found.whole,
        generated=any(generated for days in watched.values() for _day, generated in days),
        measured_on=today,
    )


def _watched(pieces: Sequence[Piece], months: int) -> Mapping[int, list[tuple[PieceDay, bool]]]:
    """By thing: its days in the stretch, and whether each was generated for a demonstration."""
    spans = {one.asset: stretch(one.came, months) for one in pieces}
    found: defaultdict[int, list[tuple[PieceDay, bool]]] = defaultdict(list)
    asked = {
        "assets": list(spans),
        "firsts": [first for first, _last in spans.values()],
        "lasts": [last for _first, last in spans.values()],
        "zone": settings.TIME_ZONE,
    }
    for asset, _day, *numbers, generated in rows(DAYS, asked):
        found[asset].append((_piece_day(numbers), generated))
    return found


def _piece_day(numbers: Sequence[Any]) -> PieceDay:
    is_open, observable, seen, used, users, calls, pages, changes = numbers
    return PieceDay(
        open_minutes=is_open,
        observable_minutes=observable,
        seen_minutes=seen,
        used_minutes=used,
        users=users,
        calls=calls,
        pages=pages,
        content_changes=changes,
    )
