"""One quantity of one endpoint over time, thinned out evenly, with the stretches in which nobody could see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from django.db.models import DateTimeField, Max, Min, QuerySet, Subquery

from itops.database.kept import Given, Kept
from itops.database.statements import kept_rows
from monitoring.models import Layout, Outcome, Reading

POINTS = 700
BINS = """
    SELECT extract(epoch FROM date_bin(%(step)s, r.cycle, %(start)s))::float8,
        avg(r."values"[array_position(l.names, %(name)s)]) FILTER (WHERE r.outcome = %(answered)s),
        max(r."values"[array_position(l.names, %(name)s)]) FILTER (WHERE r.outcome = %(answered)s),
        bool_or(r.outcome = %(answered)s), bool_or(r.outcome = %(unreachable)s), bool_or(r.outcome = %(not_asked)s)
    FROM monitoring_reading r LEFT JOIN monitoring_layout l ON l.id = r.layout_id
    WHERE r.endpoint_id = %(endpoint)s AND r.cycle >= %(start)s AND r.cycle < %(end)s
    GROUP BY 1 ORDER BY 1
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unseen:
    """A stretch without sight: the way there was down, or nobody asked."""

    start: datetime
    end: datetime
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Means of each step (for a lifelong total: what was added); None = asked and not answered, or no number."""

    points: Sequence[tuple[datetime, float | None]]
    unseen: Sequence[Unseen]


class _Bin(NamedTuple):
    at: datetime
    mean: float | None
    highest: float | None
    answered: bool
    unreachable: bool
    not_asked: bool


def layout_of(endpoint: int, since: datetime) -> Layout | None:
    """The layout of the endpoint's latest answer after `since`."""
    return LAYOUT.first(endpoint=endpoint, since=since)


def _readings() -> QuerySet[Reading]:
    since = Given("since", "timestamptz", DateTimeField())
    return Reading.objects.filter(endpoint=Given("endpoint", "bigint"), cycle__gte=since)


def _latest_layout() -> QuerySet[Layout]:
    answers = _readings().filter(outcome=Outcome.ANSWERED)
    return Layout.objects.filter(pk=Subquery(answers.order_by("-cycle").values("layout")[:1]))


LAYOUT: Kept[Layout] = Kept(_latest_layout)
SPAN: Kept[tuple[datetime, datetime]] = Kept(
    lambda: (
        _readings()
        .values("endpoint")
        .annotate(first=Min("cycle"), last=Max("cycle"))
        .values_list("first", "last")
    )
)


def span(endpoint: int, since: datetime) -> tuple[datetime, datetime] | None:
    """From the first to the last reading after `since`."""
    return SPAN.first(endpoint=endpoint, since=since)


def series(
    endpoint: int, name: str, start: datetime, end: datetime, *, interval_s: int, adds_up: bool = False
) -> Series:
    """`name` as in the layout; `adds_up` for numbers that grow for life (pages)."""
    step = max(timedelta(seconds=interval_s), (end - start) / POINTS)
    asked = {
        "step": step,
        "start": start,
        "end": end,
        "name": name,
        "endpoint": endpoint,
        "answered": Outcome.ANSWERED.value,
        "unreachable": Outcome.UNREACHABLE.value,
        "not_asked": Outcome.NOT_ASKED.value,
    }
    found = [_Bin(datetime.fromtimestamp(at, UTC), *more) for at, *more in kept_rows(BINS, asked)]
    values = _added([one.highest for one in found]) if adds_up else [one.mean for one in found]
    points = [(one.at, value) for one, value in zip(found, values, strict=True)]
    return Series(points=points, unseen=_unseen(found, start, end, step))


def _added(totals: Sequence[float | None]) -> list[float | None]:
    """What each step added to a total; unknown after a gap or a reset."""
    before: float | None = None
    added: list[float | None] = []
    for now in totals:
        added.append(now - before if now is not None and before is not None and now >= before else None)
        before = now if now is not None else before
    return added


def _unseen(found: Sequence[_Bin], start: datetime, end: datetime, step: timedelta) -> list[Unseen]:
    """Neighbouring steps without sight are one stretch; so is a time without any reading at all."""
    stretches: list[Unseen] = []
    expected = start
    for one in found:
        if one.at - expected > step:
            _extend(stretches, expected, one.at, Outcome.NOT_ASKED)
        if not one.answered and (one.unreachable or one.not_asked):
            blind = Outcome.UNREACHABLE if one.unreachable else Outcome.NOT_ASKED
            _extend(stretches, one.at, min(one.at + step, end), blind)
        expected = one.at + step
    if end - expected > step:
        _extend(stretches, expected, end, Outcome.NOT_ASKED)
    return stretches


def _extend(stretches: list[Unseen], start: datetime, end: datetime, outcome: Outcome) -> None:
    if stretches and stretches[-1].outcome == outcome and stretches[-1].end >= start:
        stretches[-1] = Unseen(start=stretches[-1].start, end=end, outcome=outcome)
    else:
        stretches.append(Unseen(start=start, end=end, outcome=outcome))
