"""Hold what projects promised against evidence, 3, 6 and 12 months after their things came."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings

from inventory.actions.observed import Seen, seen
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

# A room's witnesses are its video endpoints.
BOUND = """
    SELECT b.endpoint_id, CASE WHEN a.id = ANY(%(assets)s) THEN a.id ELSE a.whole_id END,
        (lower(b.during) AT TIME ZONE %(zone)s)::date,
        coalesce(((upper(b.during) - interval '1 microsecond') AT TIME ZONE %(zone)s)::date, date '9999-12-31')
    FROM inventory_binding b JOIN inventory_asset a ON a.id = b.asset_id
    WHERE a.id = ANY(%(assets)s) OR (a.kind = 'video_endpoint' AND a.whole_id = ANY(%(assets)s))
"""
COUNTED = ("open_minutes", "observable_minutes", "seen_minutes", "used_minutes")
WHOLE_NUMBERS = ("users", "calls", "pages", "content_changes")


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
    each: defaultdict[tuple[int, date], list[Seen]] = defaultdict(list)
    for piece, one in _seen_of(spans):
        each[piece, one.day].append(one)
    found: defaultdict[int, list[tuple[PieceDay, bool]]] = defaultdict(list)
    for (piece, _day), several in each.items():
        found[piece].append((_piece_day(several), all(one.generated for one in several)))
    return found


def _seen_of(spans: Mapping[int, tuple[date, date]]) -> Iterator[tuple[int, Seen]]:
    """What was observed of each thing in its own stretch, by the endpoints that were bound to it on the day."""
    bound: defaultdict[int, list[tuple[int, date, date]]] = defaultdict(list)
    for endpoint, piece, since, until in rows(BOUND, {"assets": list(spans), "zone": settings.TIME_ZONE}):
        first, last = spans[piece]
        bound[endpoint].append((piece, max(first, since), min(last, until)))
    if not bound:
        return
    first, last = min(one for one, _last in spans.values()), max(one for _first, one in spans.values())
    for one in seen(first, last, bound):
        for piece, begin, end in bound[one.endpoint]:
            if begin <= one.day <= end:
                yield piece, one


def _piece_day(several: Sequence[Seen]) -> PieceDay:
    """Of several witnesses of a day the one that saw most counts."""

    def most(name: str) -> Any:
        return max((said for one in several if (said := getattr(one, name)) is not None), default=None)

    return PieceDay(**{name: most(name) for name in (*COUNTED, *WHOLE_NUMBERS)})
